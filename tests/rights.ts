// Who runs the tests: root may read and write everything, and Windows knows no modes.

/** Whether the file system holds this process to a file's mode. */
export const areRightsKept = process.platform !== 'win32' && process.getuid?.() !== 0;
