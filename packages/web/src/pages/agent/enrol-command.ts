import { shellOption } from "./shell-word.ts"

/** Writes the command that enrols a key, with every part quoted so that a shell takes it as one word. */
export function enrolCommand(server: string, code: string, label: string): string {
  const options = [
    shellOption("server", server),
    shellOption("code", code),
    shellOption("label", label || "agent"),
  ]
  return `npx --no-install tabard agents enroll ${options.join(" ")}`
}
