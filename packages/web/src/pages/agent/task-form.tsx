import type { AgentDetail, ServerView, TaskOpening, TaskView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { DialogFoot } from "../../components/dialog.tsx"
import { TextAreaField } from "../../components/field.tsx"
import { Icon } from "../../components/icon.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentWork } from "../../data/agent-acts.ts"
import { count } from "../../words/count.ts"
import { ServerChoice } from "./server-choice.tsx"
import { ServerForm } from "./server-form.tsx"
import { TaskBounds } from "./task-bounds.tsx"
import { openingOf, useTaskDraft } from "./task-draft.ts"
import { ToolChoice } from "./tool-choice.tsx"

/** What a task is for, and its bounds. */
export function TaskForm(props: {
  agent: AgentDetail
  servers: readonly [ServerView, ...ServerView[]]
  onOpened: (task: TaskView) => void
  onClose: () => void
}): ReactNode {
  const { draft, change, chooseServer } = useTaskDraft(props.servers[0])
  const work = useAgentWork(props.agent.id, (client, input: TaskOpening) => client.openTask(input))
  const [adding, setAdding] = useState(false)
  const [tried, setTried] = useState(false)
  const opening = openingOf(props.agent.id, draft)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    setTried(true)
    if (opening) work.mutate(opening, { onSuccess: props.onOpened })
  }
  const added = (server: ServerView): void => {
    chooseServer(server)
    setAdding(false)
  }
  if (adding) return <ServerForm onRegistered={added} onClose={() => setAdding(false)} />
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        {!props.agent.manifest && <NoManifest />}
        <TextAreaField
          label="What should it do?"
          hint="It is recorded as you write it."
          value={draft.text}
          rows={2}
          required
          maxLength={4000}
          autoFocus
          onChange={(event) => change({ text: event.target.value })}
        />
        <ServerChoice
          servers={props.servers}
          chosen={draft.server}
          onChoose={chooseServer}
          onAdd={() => setAdding(true)}
        />
        <ToolChoice tools={draft.server.tools} chosen={draft.tools} onChoose={(tools) => change({ tools })} />
        {tried && draft.tools.size === 0 && (
          <p role="alert" className="text-deny">
            Choose at least one tool: a task without any can do nothing.
          </p>
        )}
        <TaskBounds draft={draft} onChange={change} />
        <ProblemNote error={work.error} />
      </div>
      <DialogFoot onClose={props.onClose}>
        <Button type="submit" look="primary" busy={work.isPending}>
          {draft.tools.size > 0 ? `Open the task with ${count(draft.tools.size, "tool")}` : "Open the task"}
        </Button>
      </DialogFoot>
    </form>
  )
}

function NoManifest(): ReactNode {
  return (
    <p role="status" className="flex items-start gap-2 rounded-md bg-ask-wash px-3 py-2 text-ask">
      <Icon name="warning" className="mt-0.5 size-4" />
      Without a manifest every call is denied. Put one in force under Manifest, before the task or while it
      runs.
    </p>
  )
}
