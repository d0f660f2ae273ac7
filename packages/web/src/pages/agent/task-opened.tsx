import type { ServerView, TaskView } from "@tabard/api"
import type { ReactNode } from "react"
import { CopyableBlock } from "../../components/copyable.tsx"
import { exampleCommand } from "./example-command.ts"

/** What a person carries to the agent once its task is open: the id, and the command of the example. */
export function TaskOpened({ task, servers }: { task: TaskView; servers: readonly ServerView[] }): ReactNode {
  const server = servers.find(({ id }) => id === task.server)
  const command = server && exampleCommand(task, server.name)
  return (
    <div className="space-y-4 px-5 pb-5">
      <CopyableBlock text={task.id} what="the task's id" />
      {command !== undefined && (
        <div className="space-y-1.5">
          <p className="text-soft">
            The example agent runs in it with this, in the folder that Tabard was started from, once its key
            is enrolled:
          </p>
          <CopyableBlock text={command} what="the command" />
        </div>
      )}
    </div>
  )
}
