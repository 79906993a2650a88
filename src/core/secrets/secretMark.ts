/**
 * Stands where a secret was. It is plain text to every shell and terminal, unlike asterisks, which a
 * shell would expand to file names, and angle brackets, which would redirect.
 */
export const secretMark = '••••';
