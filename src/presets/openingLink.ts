/** What the bare page shows: the opening document, with a few outputs written already. */
export const OPENING_LINK = "input=digit:7&kernel=sobel-x&stride=2&padding=1&step=7";
