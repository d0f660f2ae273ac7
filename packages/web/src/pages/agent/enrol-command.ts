import { shellWord } from "./shell-word.ts"

/** Writes the command that enrols a key, with every part quoted so that a shell takes it as one word. */
export function enrolCommand(server: string, code: string, label: string): string {
  return `npx --no-install tabard agents enroll --server ${shellWord(server)} --code ${shellWord(code)} --label ${shellWord(label || "agent")}`
}
