import type { PolicyTestView, TestedCaseView } from "@tabard/api"
import type { ReactNode } from "react"
import { Mark } from "../../components/mark.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentNames } from "../../data/agent-names.ts"
import { count } from "../../words/count.ts"
import { EFFECT_WORDS } from "../../words/event-words.ts"

/** Says of how many cases the answer is as it has to be. */
export function CaseSum({ test }: { test: PolicyTestView }): ReactNode {
  const { passed, failed } = test
  return (
    <p role="status" className="mb-3 flex flex-wrap gap-x-5 gap-y-1">
      {failed > 0 && (
        <Mark icon="ended" tone="deny">
          {count(failed, "case")} failed
        </Mark>
      )}
      <Mark icon="active" tone={failed > 0 ? "calm" : "permit"}>
        {failed === 0 && passed > 1
          ? `All ${count(passed, "case")} passed`
          : `${count(passed, "case")} passed`}
      </Mark>
    </p>
  )
}

/** Lists what cases came to, those that failed first, with what is otherwise than it has to be. */
export function CaseRows({ cases }: { cases: readonly TestedCaseView[] }): ReactNode {
  const nameOf = useAgentNames()
  return (
    <ul aria-label="Cases" className="border-t">
      {failedFirst(cases).map((each) => (
        <li key={each.line} className="border-b py-2.5">
          <CaseRow each={each} agent={nameOf(each.agent)} />
        </li>
      ))}
    </ul>
  )
}

function failedFirst(cases: readonly TestedCaseView[]): readonly TestedCaseView[] {
  return [...cases.filter(hasFailed), ...cases.filter((each) => !hasFailed(each))]
}

function hasFailed({ complaints }: TestedCaseView): boolean {
  return complaints.length > 0
}

function CaseRow({ each, agent }: { each: TestedCaseView; agent: string }): ReactNode {
  const failed = hasFailed(each)
  return (
    <div className="space-y-0.5">
      <div className="flex items-baseline gap-3">
        <p className="min-w-0 flex-1 font-medium wrap-anywhere">
          <Said text={each.name} />
        </p>
        <span className="shrink-0 text-small">
          <Mark icon={failed ? "ended" : "active"} tone={failed ? "deny" : "permit"}>
            {failed ? "Failed" : "Passed"}
          </Mark>
        </span>
      </div>
      <p className="text-small text-soft wrap-anywhere">
        <Said text={agent} />,{" "}
        <span className="font-mono">
          <Said text={each.tool} />
        </span>
        , line {each.line}
      </p>
      {each.complaints.map((complaint) => (
        <p key={complaint} className="text-small text-deny wrap-anywhere">
          <Said text={complaint} />
        </p>
      ))}
      <p className="text-small text-soft wrap-anywhere">
        {EFFECT_WORDS[each.expects]} is expected; answered <Said text={each.answer} />
      </p>
      {each.policies.length > 0 && (
        <p className="text-small text-faint wrap-anywhere">
          by{" "}
          <span className="font-mono">
            <Said text={each.policies.join(", ")} />
          </span>
        </p>
      )}
    </div>
  )
}
