import { shellWord } from "../agent/shell-word.ts"

/** Writes the command that enrols a machine as a reporter, each part as one word of a shell. */
export function reporterCommand(server: string, code: string): string {
  return `tabard reporters enroll ${shellWord(server)} ${shellWord(code)}`
}
