import { access, constants } from "node:fs/promises"
import { delimiter, isAbsolute, join } from "node:path"

/** Answers the absolute path of a program, looked for in `path` where only its name is given. */
export async function findProgram(command: string, path: string): Promise<string | undefined> {
  if (isAbsolute(command)) return (await isExecutable(command)) ? command : undefined
  if (command.includes("/")) return undefined
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, command)
    if (await isExecutable(candidate)) return candidate
  }
  return undefined
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
