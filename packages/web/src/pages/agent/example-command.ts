import type { TaskView } from "@tabard/api"
import { shellOption } from "./shell-word.ts"

// Where an enrolment writes the agent's key if it is not told otherwise, and the server that the example asks by itself.
const CREDENTIALS = ".tabard/agents/agent.json"
const SERVER = "notes"

/** Writes the command that runs the example agent in a task; undefined where the task has no folder to work in. */
export function exampleCommand(
  { id, folder }: Pick<TaskView, "id" | "folder">,
  server: string,
): string | undefined {
  if (folder === null) return undefined
  const command = `npm run example -- --credentials ${CREDENTIALS} ${shellOption("task", id)} ${shellOption("folder", folder)}`
  return server === SERVER ? command : `${command} ${shellOption("server", server)}`
}
