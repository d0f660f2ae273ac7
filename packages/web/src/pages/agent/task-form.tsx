import type { AgentDetail, ServerView, TaskOpening, TaskView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { SelectField, TextAreaField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentWork } from "../../data/agent-acts.ts"
import { plainText } from "../../words/plain-text.ts"
import { ToolChoice } from "./tool-choice.tsx"

const MINUTES = 30
const MINUTES_MAX = 1440

/** What a task is for, and its bounds. */
export function TaskForm(props: {
  agent: AgentDetail
  servers: readonly ServerView[]
  onOpened: (task: TaskView) => void
  foot: (act: ReactNode) => ReactNode
}): ReactNode {
  const { agent, servers } = props
  const [text, setText] = useState("")
  const [serverId, setServerId] = useState(servers[0]?.id ?? "")
  const server = servers.find((one) => one.id === serverId) ?? servers[0]
  const [tools, setTools] = useState<ReadonlySet<string>>(new Set())
  const [folder, setFolder] = useState(servers[0]?.roots[0] ?? "")
  const [minutes, setMinutes] = useState(MINUTES)
  const { mutate, isPending, error } = useAgentWork(agent.id, (client, input: TaskOpening) =>
    client.openTask(input),
  )
  const chooseServer = (id: string): void => {
    setServerId(id)
    setTools(new Set())
    setFolder(servers.find((one) => one.id === id)?.roots[0] ?? "")
  }
  const ready =
    text.trim() !== "" && tools.size > 0 && minutes >= 1 && minutes <= MINUTES_MAX && server !== undefined
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!ready) return
    const task = {
      id: agent.id,
      text,
      server: server.id,
      tools: [...tools],
      folder: folder.trim() || null,
      minutes,
    }
    mutate(task, { onSuccess: props.onOpened })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextAreaField
          label="What should it do?"
          hint="It is recorded as you write it."
          value={text}
          rows={2}
          maxLength={4000}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        <SelectField
          label="Server"
          value={server?.id ?? ""}
          onChange={(event) => chooseServer(event.target.value)}
        >
          {servers.map(({ id, name }) => (
            <option key={id} value={id}>
              {plainText(name)}
            </option>
          ))}
        </SelectField>
        {server && <ToolChoice tools={server.tools} chosen={tools} onChoose={setTools} />}
        <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
          <TextField
            label="Folder"
            hint="Only below it; empty for none."
            value={folder}
            maxLength={4096}
            spellCheck={false}
            className="font-mono"
            onChange={(event) => setFolder(event.target.value)}
          />
          <TextField
            label="Minutes"
            type="number"
            min={1}
            max={MINUTES_MAX}
            value={minutes}
            onChange={(event) => setMinutes(event.target.valueAsNumber)}
          />
        </div>
        <ProblemNote error={error} />
      </div>
      {props.foot(
        <Button type="submit" look="primary" disabled={!ready} busy={isPending}>
          {tools.size > 0
            ? `Open the task with ${tools.size} ${tools.size === 1 ? "tool" : "tools"}`
            : "Open the task"}
        </Button>,
      )}
    </form>
  )
}
