/** The step the bare page stands at, from 0: a few outputs are written already. */
export const OPENING_STEP = 6;

/** What the bare page shows, as an address. */
export const OPENING_LINK = `input=digit:7&kernel=sobel-x&stride=2&padding=1&step=${OPENING_STEP + 1}`;
