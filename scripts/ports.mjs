/** Where `npm start` serves; the next free port is taken when this one is not. */
export const START_PORT = 4173;

/** Where the end-to-end tests serve, so that they never meet a page someone is looking at. */
export const TEST_PORT = 4273;
