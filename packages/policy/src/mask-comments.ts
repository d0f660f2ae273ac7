/** Comments, and the texts in which a comment's beginning means nothing. */
const COMMENT_OR_TEXT = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*/gsu

/** Answers Cedar's text with blanks in place of its comments, so that whatever is left stands where it stood. */
export function maskComments(text: string): string {
  return text.replace(COMMENT_OR_TEXT, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\n]/gu, (char) => " ".repeat(char.length)),
  )
}
