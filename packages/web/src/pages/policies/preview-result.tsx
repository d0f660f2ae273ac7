import type { OwnPoliciesInput, PolicyPreviewView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Mark, type Tone } from "../../components/mark.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentNames } from "../../data/agent-names.ts"
import { count, grouped } from "../../words/count.ts"
import { dayOf } from "../../words/time.ts"
import { EffectMark } from "../audit/effect-mark.tsx"

const BECOMES: Readonly<
  Record<PolicyPreviewView["changes"][number]["becomes"], { words: string; tone: Tone; why: string }>
> = {
  denied: { words: "Denied", tone: "deny", why: "A forbid without conditions speaks on them." },
  "perhaps-stricter": {
    words: "Perhaps stricter",
    tone: "ask",
    why: "A condition decides, and the arguments of past calls are not kept.",
  },
  "perhaps-laxer": {
    words: "Perhaps let through",
    tone: "permit",
    why: "A condition decides, and the arguments of past calls are not kept.",
  },
}

/** Says which recorded decisions would come out otherwise by a document that is not in force yet. */
export function PreviewResult(props: {
  preview: PolicyPreviewView
  kind: OwnPoliciesInput["kind"]
}): ReactNode {
  const { preview, kind } = props
  const changed = preview.changes.reduce((sum, { decisions }) => sum + decisions, 0)
  if (kind === "cases") return null
  if (kind === "set")
    return (
      <p role="status" className="max-w-prose text-pretty text-soft">
        Every manifest that names the set is compiled anew with these values. One that does not compile any
        more permits nothing until it does.
      </p>
    )
  return (
    <div role="status" className="space-y-2">
      <p className="max-w-prose text-pretty">
        {changed === 0
          ? `Of ${count(preview.looked, "decision")} since ${dayOf(preview.since)}, none would come out otherwise.`
          : `Of ${count(preview.looked, "decision")} since ${dayOf(preview.since)}, ${grouped(changed)} would or may come out otherwise.`}
      </p>
      {changed > 0 && <Changes changes={preview.changes} />}
    </div>
  )
}

function Changes({ changes }: Pick<PolicyPreviewView, "changes">): ReactNode {
  const nameOf = useAgentNames()
  return (
    <div
      className="relative max-h-80 overflow-auto"
      role="region"
      aria-label="What would come out otherwise"
      tabIndex={0}
    >
      <table className="w-full text-left">
        <thead>
          <tr className="border-b text-small text-faint">
            <th className="py-2 pr-4 font-normal">Agent</th>
            <th className="pr-4 font-normal">Tool</th>
            <th className="pr-4 font-normal">It was</th>
            <th className="pr-4 font-normal">It would be</th>
            <th className="text-right font-normal">Decisions</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ agent, action, effect, decisions, becomes }) => (
            <tr key={`${agent} ${action} ${effect} ${becomes}`} className="h-9 border-b">
              <td className="max-w-48 truncate pr-4">
                <Link
                  to="/agents/$id"
                  params={{ id: agent }}
                  search={{ tab: "manifest" }}
                  className="hover:underline"
                >
                  {nameOf(agent)}
                </Link>
              </td>
              <td className="max-w-48 truncate pr-4 font-mono text-small">
                <Said text={action} />
              </td>
              <td className="pr-4">
                <EffectMark effect={effect} />
              </td>
              <td className="pr-4">
                <Mark
                  icon={becomes === "denied" ? "ended" : "proposed"}
                  tone={BECOMES[becomes].tone}
                  title={BECOMES[becomes].why}
                >
                  {BECOMES[becomes].words}
                </Mark>
              </td>
              <td className="text-right">{grouped(decisions)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
