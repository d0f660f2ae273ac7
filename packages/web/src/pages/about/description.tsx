import type { AgentDetail, FactView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Moment } from "../../components/moment.tsx"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useMayDescribe } from "../../shell/may.ts"
import { keysOf } from "../../shell/read-address.ts"
import { DESCRIBED_WORDS, type Described } from "../../words/about-words.ts"
import { DescribeDialog } from "./describe-dialog.tsx"
import { describedValue } from "./described-value.ts"

const NAMES = keysOf(DESCRIBED_WORDS)
const GONE = ["dismissed", "retired"]

/** What is said of an agent, each value with who says so; what does not hold stands beneath what does. */
export function Description({ agent }: { agent: AgentDetail }): ReactNode {
  const [editing, setEditing] = useState(false)
  const mayEdit = useMayDescribe(agent) && !GONE.includes(agent.state)
  return (
    <Section
      title="What it is"
      className="min-w-0"
      beside={
        mayEdit && (
          <Button size="small" look="quiet" onClick={() => setEditing(true)}>
            Describe…
          </Button>
        )
      }
    >
      <dl className="border-t">
        {NAMES.map((name) => (
          <div key={name} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 border-b py-2">
            <dt className="text-soft">{DESCRIBED_WORDS[name]}</dt>
            <dd className="min-w-0">
              <Statements name={name} agent={agent} />
            </dd>
          </div>
        ))}
      </dl>
      {editing && <DescribeDialog agent={agent} onClose={() => setEditing(false)} />}
    </Section>
  )
}

function Statements({ name, agent }: { name: Described; agent: AgentDetail }): ReactNode {
  const facts = agent.facts.filter((fact) => fact.name === name)
  const inMandate = name === "purpose" && agent.mandate !== null
  if (inMandate)
    return (
      <>
        <Said text={agent.purpose ?? ""} />
        <span className="block text-small text-faint">in its mandate, which its owner accepted</span>
      </>
    )
  if (facts.length === 0) return <span className="text-faint">Nobody has said</span>
  const holds = facts.find(({ effective }) => effective)
  return facts
    .toSorted((a, b) => Number(b.effective) - Number(a.effective))
    .map((fact) => (
      <Statement
        key={`${fact.kind} ${fact.source}`}
        fact={fact}
        agrees={holds !== undefined && describedValue(name, fact.value) === describedValue(name, holds.value)}
      />
    ))
}

const SAID: Readonly<Record<FactView["kind"], string>> = {
  observed: "seen by",
  declared: "said by",
  overridden: "insisted on by",
}

/** What says the same as the value that holds is told by its source alone: nothing of it is overruled. */
function Statement({ fact, agrees }: { fact: FactView; agrees: boolean }): ReactNode {
  return (
    <p className={fact.effective ? "wrap-anywhere" : "mt-1 wrap-anywhere text-faint"}>
      {(fact.effective || !agrees) && (
        <span className={fact.effective ? "" : "line-through decoration-edge"}>
          <Said text={describedValue(fact.name, fact.value)} />
        </span>
      )}
      <span className="block text-small text-faint">
        {!fact.effective && agrees && "also "}
        {SAID[fact.kind]} <Said text={fact.source} /> <Moment at={fact.at} />
        {!agrees && ", does not hold"}
      </span>
    </p>
  )
}
