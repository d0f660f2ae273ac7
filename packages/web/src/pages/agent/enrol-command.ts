const PLAIN = /^[A-Za-z0-9_./:@-]+$/

/** Writes the command that enrols a key, with every part quoted so that a shell takes it as one word. */
export function enrolCommand(server: string, code: string, label: string): string {
  return `npx tabard agents enroll --server ${word(server)} --code ${word(code)} --label ${word(label || "agent")}`
}

function word(text: string): string {
  return PLAIN.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", "'\\''")}'`
}
