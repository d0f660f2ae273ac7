import type { AgentDetail, TaskView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Copyable } from "../../components/copyable.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentWork } from "../../data/agent-acts.ts"
import { shortId } from "../../words/ids.ts"
import { problemWords } from "../../words/problem-words.ts"
import { Countdown } from "../approvals/countdown.tsx"
import { OpenTaskDialog } from "./open-task-dialog.tsx"

/** The bounded runs of an agent, and the way to open one. */
export function TasksTab({ agent }: { agent: AgentDetail }): ReactNode {
  const [opening, setOpening] = useState(false)
  const isActive = agent.state === "active"
  const open = (
    <Button look="primary" icon="plus" disabled={!isActive} onClick={() => setOpening(true)}>
      Open a task
    </Button>
  )
  return (
    <Section title="Tasks" beside={agent.tasks.length > 0 && open} className="max-w-4xl">
      <Frame>
        {agent.tasks.length === 0 ? (
          <EmptyFace title="No task has been opened" next={open}>
            A task is one bounded run: what for, with which tools, in which folder, until when.
            {!isActive && " Only an active agent can have one."}
          </EmptyFace>
        ) : (
          <ul>
            {agent.tasks.map((task) => (
              <TaskRow key={task.id} task={task} />
            ))}
          </ul>
        )}
      </Frame>
      {opening && <OpenTaskDialog agent={agent} onClose={() => setOpening(false)} />}
    </Section>
  )
}

function TaskRow({ task }: { task: TaskView }): ReactNode {
  return (
    <li className={`border-b px-3 py-2.5 last:border-b-0 ${task.open ? "" : "text-faint"}`}>
      <div className="flex items-start justify-between gap-4">
        <p className={`min-w-0 break-words ${task.open ? "font-medium" : ""}`}>
          <Said text={task.text} />
        </p>
        {task.open ? <OpenTask task={task} /> : <Ended task={task} />}
      </div>
      <div className="mt-0.5 flex flex-wrap items-center gap-x-3 text-small text-faint">
        <Copyable text={task.id} shown={shortId(task.id)} what="the task's id" />
        <span>
          for <Said text={task.onBehalfOf.name} />
        </span>
        <span className="min-w-0 break-words">
          <Said text={task.tools.join(", ")} />
        </span>
        {task.folder !== null && (
          <code className="font-mono wrap-anywhere">
            <Said text={task.folder} />
          </code>
        )}
      </div>
    </li>
  )
}

function Ended({ task }: { task: TaskView }): ReactNode {
  return (
    <span className="shrink-0 text-small">
      ended <Moment at={task.closedAt ?? task.expiresAt} />
    </span>
  )
}

function OpenTask({ task }: { task: TaskView }): ReactNode {
  const { mutate, isPending, error } = useAgentWork(task.agent, (client, id: string) =>
    client.closeTask({ id }),
  )
  return (
    <span className="flex shrink-0 items-center gap-2">
      {error && (
        <span role="alert" className="text-small text-deny">
          {problemWords(error)}
        </span>
      )}
      <Countdown until={task.expiresAt} />
      <Button size="small" busy={isPending} onClick={() => mutate(task.id)}>
        Close
      </Button>
    </span>
  )
}
