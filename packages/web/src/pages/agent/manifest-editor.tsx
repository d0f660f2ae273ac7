import type { AgentDetail, ManifestText } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { TextAreaField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useServers } from "../../data/servers-query.ts"
import { manifestTemplate } from "./manifest-template.ts"

/** The text of the manifest; nothing is in force before the server has understood all of it. */
export function ManifestEditor({ agent }: { agent: AgentDetail }): ReactNode {
  const kept = agent.manifest?.text ?? ""
  const [draft, setDraft] = useState(kept)
  const servers = useServers().data?.items ?? []
  return (
    <div className="min-w-0 space-y-3">
      <TextAreaField
        label="Manifest (YAML)"
        hint="What it does not name, the agent may not do."
        value={draft}
        rows={22}
        spellCheck={false}
        maxLength={65_536}
        className="font-mono text-small! leading-5"
        onChange={(event) => setDraft(event.target.value)}
      />
      {draft === "" && (
        <Button icon="plus" onClick={() => setDraft(manifestTemplate(agent, servers))}>
          Start from a template
        </Button>
      )}
      <PutManifest agent={agent} draft={draft} onDiscard={() => setDraft(kept)} />
    </div>
  )
}

function PutManifest(props: { agent: AgentDetail; draft: string; onDiscard: () => void }): ReactNode {
  const { agent, draft } = props
  const { mutate, isPending, error, reset } = useAgentAct((client, input: ManifestText) =>
    client.putManifest(input),
  )
  const isChanged = draft !== (agent.manifest?.text ?? "")
  const discard = (): void => {
    reset()
    props.onDiscard()
  }
  return (
    <>
      <ProblemNote error={error} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          disabled={!isChanged || draft.trim() === ""}
          busy={isPending}
          onClick={() => mutate({ id: agent.id, manifest: draft })}
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
