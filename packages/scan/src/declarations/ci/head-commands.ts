import { shellCommands } from "./shell-commands.ts"

/** Answers whether a script fetches what a pull request proposes, to work in it. */
export function headCommands(script: string): boolean {
  return shellCommands(script).some((words) => {
    const line = words.join(" ")
    return (
      /^gh pr checkout\b/.test(line) || /^git (?:checkout|switch) .*(?:head_ref|head\.(?:ref|sha))/.test(line)
    )
  })
}
