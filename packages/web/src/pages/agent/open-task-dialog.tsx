import type { AgentDetail, TaskView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Dialog } from "../../components/dialog.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { useServers } from "../../data/servers-query.ts"
import { plainText } from "../../words/plain-text.ts"
import { NoServer } from "./no-server.tsx"
import { TaskForm } from "./task-form.tsx"
import { TaskOpened } from "./task-opened.tsx"

/** Opens a bounded run for an agent; afterwards shows its id, which the agent asks its token with. */
export function OpenTaskDialog({ agent, onClose }: { agent: AgentDetail; onClose: () => void }): ReactNode {
  const [opened, setOpened] = useState<TaskView>()
  const servers = useServers()
  if (opened) {
    return (
      <Dialog
        open
        onClose={onClose}
        title="The task is open"
        description="The agent names this id when it asks for its token."
      >
        <TaskOpened task={opened} servers={servers.data?.items ?? []} />
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Open a task for ${plainText(agent.name)}`}
      description="It runs for you, with your name on it. Its bounds only narrow what the manifest and the tier allow."
    >
      <Loaded
        reading={readingOf(servers)}
        what="The servers"
        loading={<SkeletonLines lines={6} />}
        isEmpty={(page) => page.items.length === 0}
        empty={<NoServer onClose={onClose} />}
        partial={() => null}
      >
        {({ items: [first, ...more] }) =>
          first && (
            <TaskForm agent={agent} servers={[first, ...more]} onOpened={setOpened} onClose={onClose} />
          )
        }
      </Loaded>
    </Dialog>
  )
}
