import type { AgentDetail, ManifestMeaning, ManifestProblemView, PolicyPlaceInput } from "@tabard/api"
import { type ReactNode, useRef, useState } from "react"
import { ExactText } from "../../components/exact-json.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { useCheckedManifest } from "../../data/manifest-query.ts"
import { useMayAnswerFor } from "../../shell/may.ts"
import { ObserveSection } from "../observe/observe-section.tsx"
import { DocumentHistory } from "../policies/document-history.tsx"
import { handWords } from "../policies/document-words.ts"
import { PolicyDocument } from "../policies/policy-document.tsx"
import { AgentLimits } from "./agent-limits.tsx"
import { ManifestEditor } from "./manifest-editor.tsx"
import { ManifestMeant } from "./manifest-meant.tsx"

/** What an agent is declared to be for and may do: the text on the left, what it means on the right; beside it what is used of its limits, what is by hand, and what was before. */
export function ManifestTab({ agent }: { agent: AgentDetail }): ReactNode {
  const answersFor = useMayAnswerFor(agent)
  // What nobody has changed follows what is in force.
  const [written, setWritten] = useState<string>()
  const desk = useRef<HTMLDivElement>(null)
  const takeUp = (text: string): void => {
    setWritten(text)
    desk.current?.scrollIntoView({ block: "start" })
  }
  if (agent.mandate === null) return <Unadopted />
  const mayWrite = answersFor && agent.state !== "retiring" && agent.state !== "retired"
  const place: PolicyPlaceInput = { kind: "manifest", subject: agent.id }
  return (
    <div ref={desk} className="scroll-mt-16 space-y-8">
      {mayWrite ? <Desk agent={agent} written={written} onWritten={setWritten} /> : <InForce agent={agent} />}
      {agent.manifest && <ObserveSection agent={agent} mayAct={mayWrite} onSuggested={takeUp} />}
      <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <AgentLimits agent={agent.id} />
          {agent.manifest && <DocumentHistory place={place} mayWrite={false} />}
        </div>
        <PolicyDocument
          place={{ kind: "hand", subject: agent.id }}
          words={handWords(agent.id)}
          mayWrite={mayWrite}
        />
      </div>
    </div>
  )
}

/** Where it is written: what the text would mean stands beside it while it is. */
function Desk(props: {
  agent: AgentDetail
  written: string | undefined
  onWritten: (text: string | undefined) => void
}): ReactNode {
  const { agent, written, onWritten } = props
  const kept = agent.manifest?.text ?? ""
  const draft = written ?? kept
  const { drafted, problems, error } = useMeaning(agent.id, draft === kept ? "" : draft)
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
      <ManifestEditor agent={agent} draft={draft} onDraft={onWritten} problems={problems} error={error} />
      <ManifestMeant manifest={agent.manifest} drafted={drafted} />
    </div>
  )
}

/** Answers what a draft would mean as far as it was checked; its problems only where they are of exactly this text. */
function useMeaning(
  agent: string,
  draft: string,
): {
  readonly drafted: ManifestMeaning | undefined
  readonly problems: readonly ManifestProblemView[]
  readonly error: unknown
} {
  const isWritten = draft.trim() !== ""
  const { data, error } = useCheckedManifest(agent, isWritten ? draft : undefined)
  if (!isWritten || error) return { drafted: undefined, problems: [], error: isWritten ? error : null }
  return { drafted: data?.meaning, problems: data?.text === draft ? data.meaning.problems : [], error: null }
}

function InForce({ agent }: { agent: AgentDetail }): ReactNode {
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
      {agent.manifest && <ExactText text={agent.manifest.text} label="Manifest (YAML)" />}
      <ManifestMeant manifest={agent.manifest} drafted={undefined} />
    </div>
  )
}

function Unadopted(): ReactNode {
  return (
    <EmptyFace title="Adopt it first">
      A manifest binds an agent that somebody answers for. Until it is adopted it may use no tool at all.
    </EmptyFace>
  )
}
