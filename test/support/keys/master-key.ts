/** The master key of all tests: whatever starts a server on a database of its own needs one. */
export const testMasterKey = Buffer.alloc(32, 'a master key of tests').toString('base64');
