import type { AgentDetail, ManifestProblemView, ManifestText } from "@tabard/api"
import { type ReactNode, useRef } from "react"
import { Button } from "../../components/button.tsx"
import { CodeEditor } from "../../components/code-editor.tsx"
import { LineProblems } from "../../components/line-problems.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useServers } from "../../data/servers-query.ts"
import { manifestTemplate } from "./manifest-template.ts"

const MOST_CHARACTERS = 65_536
const LINES = 22

interface EditorProps {
  readonly agent: AgentDetail
  readonly draft: string
  /** Undefined for what is in force. */
  readonly onDraft: (draft: string | undefined) => void
  /** What is wrong with exactly this draft, as far as it was checked. */
  readonly problems: readonly ManifestProblemView[]
  /** Why it could not be checked. */
  readonly error: unknown
}

/** The text of the manifest with its problems at their lines; nothing is in force before the server has understood all of it. */
export function ManifestEditor(props: EditorProps): ReactNode {
  const { agent, draft, onDraft, problems } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const servers = useServers().data?.items ?? []
  return (
    <div className="min-w-0 space-y-3">
      <CodeEditor
        label="Manifest (YAML)"
        hint="What it does not name, the agent may not do."
        value={draft}
        onChange={onDraft}
        problems={problems}
        lines={LINES}
        maxLength={MOST_CHARACTERS}
        field={field}
      />
      {draft === "" && (
        <Button icon="plus" onClick={() => onDraft(manifestTemplate(agent, servers))}>
          Start from a template
        </Button>
      )}
      <LineProblems problems={problems} field={field} />
      <PutManifest {...props} />
    </div>
  )
}

function PutManifest({ agent, draft, onDraft, problems, error: unchecked }: EditorProps): ReactNode {
  const { mutate, isPending, error, variables, reset } = useAgentAct((client, input: ManifestText) =>
    client.putManifest(input),
  )
  const kept = agent.manifest?.text ?? ""
  const isChanged = draft !== kept
  const discard = (): void => {
    reset()
    onDraft(undefined)
  }
  const mayPut = isChanged && draft.trim() !== "" && problems.length === 0
  return (
    <>
      <ProblemNote error={(variables?.manifest === draft && error) || unchecked} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          disabled={!mayPut}
          busy={isPending}
          onClick={() => mutate({ id: agent.id, manifest: draft }, { onSuccess: () => onDraft(undefined) })}
        >
          {agent.manifest
            ? `Put version ${agent.manifest.version + 1} in force`
            : "Put the manifest in force"}
        </Button>
        {isChanged && (
          <Button look="quiet" onClick={discard}>
            Discard the changes
          </Button>
        )}
      </div>
    </>
  )
}
