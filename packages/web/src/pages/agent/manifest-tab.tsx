import type { AgentDetail, ManifestText } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { TextAreaField } from "../../components/field.tsx"
import { Section } from "../../components/page.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useServers } from "../../data/servers-query.ts"
import { manifestTemplate } from "./manifest-template.ts"

/** What an agent is declared to be for and may do: the text on the left, what it means on the right. */
export function ManifestTab({ agent }: { agent: AgentDetail }): ReactNode {
  const kept = agent.manifest?.text ?? ""
  const [draft, setDraft] = useState<string>()
  const text = draft ?? kept
  const { mutate, isPending, error } = useAgentAct((client, input: ManifestText) => client.putManifest(input))
  const servers = useServers().data?.items ?? []
  const isChanged = draft !== undefined && draft !== kept
  const put = (): void => mutate({ id: agent.id, manifest: text }, { onSuccess: () => setDraft(undefined) })
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
      <div className="min-w-0 space-y-3">
        {text === "" && (
          <Button icon="plus" onClick={() => setDraft(manifestTemplate(agent, servers))}>
            Start from a template
          </Button>
        )}
        <TextAreaField
          label="Manifest (YAML)"
          hint="What it does not name, the agent may not do."
          value={text}
          rows={22}
          spellCheck={false}
          maxLength={65_536}
          className="font-mono text-small! leading-5"
          onChange={(event) => setDraft(event.target.value)}
        />
        <ProblemNote error={error} />
        <div className="flex items-center gap-2">
          <Button look="primary" disabled={!isChanged || text.trim() === ""} busy={isPending} onClick={put}>
            {agent.manifest
              ? `Put version ${agent.manifest.version + 1} in force`
              : "Put the manifest in force"}
          </Button>
          {isChanged && (
            <Button look="quiet" onClick={() => setDraft(undefined)}>
              Discard the changes
            </Button>
          )}
        </div>
      </div>
      <Meaning manifest={agent.manifest} isChanged={isChanged} />
    </div>
  )
}

function Meaning({
  manifest,
  isChanged,
}: {
  manifest: AgentDetail["manifest"]
  isChanged: boolean
}): ReactNode {
  if (!manifest) {
    return (
      <EmptyFace title="No manifest is in force">
        Until there is one, the agent may use no tool at all. What it allows is told here in sentences.
      </EmptyFace>
    )
  }
  return (
    <Section
      title="What it means"
      beside={<span className="text-small text-faint">version {manifest.version}, in force</span>}
      className="min-w-0"
    >
      <ul className="border-t">
        {manifest.sentences.map((sentence) => (
          <li key={sentence} className="border-b py-2 text-pretty break-words">
            <Said text={sentence} />
          </li>
        ))}
      </ul>
      {isChanged && (
        <p className="mt-2 text-small text-ask">
          The text beside has been changed; these sentences tell what is in force.
        </p>
      )}
    </Section>
  )
}
