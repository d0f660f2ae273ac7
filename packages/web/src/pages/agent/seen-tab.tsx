import type { AgentDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { AutonomyMark } from "../../components/agent-marks.tsx"
import { Copyable } from "../../components/copyable.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { DESCRIBED_WORDS } from "../../words/about-words.ts"
import { AUTONOMY_WORDS } from "../../words/agent-words.ts"
import { shortId } from "../../words/ids.ts"
import { AutonomySettings } from "./autonomy-settings.tsx"
import { Facts } from "./facts.tsx"
import { Sightings } from "./sightings.tsx"

const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  ...keysOf(DESCRIBED_WORDS),
  "autonomy",
  "autonomySettings",
])

/** What scans saw of an agent: how freely it acts, and where that was read. */
export function SeenTab({ agent }: { agent: AgentDetail }): ReactNode {
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
      <div className="min-w-0 space-y-8">
        <Section title="Autonomy">
          <p>
            <AutonomyMark level={agent.autonomy} />
          </p>
          <p className="mt-0.5 mb-3 text-soft">{AUTONOMY_WORDS[agent.autonomy].meaning}</p>
          <AutonomySettings facts={agent.facts} />
          <Facts facts={agent.facts.filter(({ name }) => !TOLD_ELSEWHERE.has(name))} />
        </Section>
      </div>
      <div className="min-w-0 space-y-8">
        <AlsoKnownAs ids={agent.alsoKnownAs} />
        <Section title="Where it was seen">
          <Framed
            empty={agent.seen.length === 0}
            title="No scan has seen it"
            words="It was entered by hand, or the places where it was are gone."
          >
            <Sightings agent={agent} />
          </Framed>
        </Section>
      </div>
    </div>
  )
}

function Framed(props: { empty: boolean; title: string; words: string; children: ReactNode }): ReactNode {
  return (
    <Frame>{props.empty ? <EmptyFace title={props.title}>{props.words}</EmptyFace> : props.children}</Frame>
  )
}

function AlsoKnownAs({ ids }: { ids: readonly string[] }): ReactNode {
  if (ids.length === 0) return null
  return (
    <Section title="Also known as">
      <ul>
        {ids.map((id) => (
          <li key={id}>
            <Copyable text={id} shown={shortId(id)} what="the merged id" />
          </li>
        ))}
      </ul>
    </Section>
  )
}
