import type { DecidedPolicyView, DecisionDetail } from "@tabard/api"
import { askWords } from "@tabard/core"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { DrawerPart } from "../../components/drawer.tsx"
import { ExactJson, ExactText } from "../../components/exact-json.tsx"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { CODE_WORDS } from "../../words/decision-words.ts"
import { shortId } from "../../words/ids.ts"
import { Chain } from "./chain.tsx"
import { DecisionFacts } from "./decision-facts.tsx"

/** Why something was decided as it was: who answered what, by which policies, and what would have been needed instead. */
export function Why({ decision }: { decision: DecisionDetail }): ReactNode {
  return (
    <div className="space-y-5">
      <DrawerPart title="Who answered what">
        <Chain links={decision.answer.links} />
      </DrawerPart>
      <Needed decision={decision} />
      <Policies decision={decision} />
      {decision.arguments !== null && (
        <DrawerPart title="What it was called with">
          <ExactJson value={decision.arguments} label="The arguments of the call" />
          <LedTo decision={decision} />
        </DrawerPart>
      )}
      <DrawerPart title="What was known">
        <DecisionFacts decision={decision} />
      </DrawerPart>
    </div>
  )
}

/** What stands in the arguments is not all: where paths led, and what was not kept. */
function LedTo({ decision: { resolved, withheld } }: { decision: DecisionDetail }): ReactNode {
  const elsewhere = Object.entries(resolved).filter(([path, real]) => path !== real)
  return (
    <>
      {elsewhere.map(([path, real]) => (
        <p key={path} className="mt-1 text-small wrap-anywhere text-soft">
          <code className="font-mono">
            <Said text={path} />
          </code>{" "}
          led to{" "}
          {real === "" ? (
            "a place that could not be told"
          ) : (
            <code className="font-mono">
              <Said text={real} />
            </code>
          )}
          .
        </p>
      ))}
      {withheld.length > 0 && (
        <p className="mt-1 text-small text-pretty wrap-anywhere text-faint">
          Contents and secrets are not kept: <Said text={withheld.join(", ")} />.
        </p>
      )}
    </>
  )
}

function Needed({ decision: { answer, approval } }: { decision: DecisionDetail }): ReactNode {
  if (answer.effect === "permit" || (answer.missing === "" && answer.asks.length === 0)) return null
  return (
    <DrawerPart title="What would have been needed">
      {answer.asks.length === 0 ? (
        <p className="text-pretty wrap-anywhere">
          <Said text={answer.missing} />
        </p>
      ) : (
        <ul className="space-y-1">
          {answer.asks.map(({ policy, route, say }) => (
            <li key={policy} className="wrap-anywhere">
              The agreement of <Said text={askWords(route)} />: <Said text={say} />
            </li>
          ))}
        </ul>
      )}
      {approval && (
        <p className="mt-1 text-small">
          <Link to="/approvals" className="text-accent hover:underline">
            The questions to people
          </Link>{" "}
          <Copyable text={approval} shown={shortId(approval)} what="approval" />
        </p>
      )}
    </DrawerPart>
  )
}

function Policies({ decision }: { decision: DecisionDetail }): ReactNode {
  const { policies, decidedBy, code } = decision
  const kept = new Set(decidedBy.map(({ id }) => id))
  const gone = policies.filter((id) => !kept.has(id))
  return (
    <DrawerPart title="By which policies">
      {policies.length === 0 && (
        <p className="text-faint">
          None: <Said text={(CODE_WORDS[code] ?? code).toLowerCase()} />.
        </p>
      )}
      <ul className="space-y-3">
        {decidedBy.map((policy) => (
          <li key={policy.id}>
            <Policy policy={policy} />
          </li>
        ))}
        {gone.map((id) => (
          <li key={id} className="font-mono text-small wrap-anywhere">
            <Said text={id} /> <span className="font-sans text-faint">its text is not kept</span>
          </li>
        ))}
      </ul>
    </DrawerPart>
  )
}

const DOES = { permit: "Permits", forbid: "Forbids" } as const

function Policy({ policy }: { policy: DecidedPolicyView }): ReactNode {
  const { id, effect, say, text, version } = policy
  return (
    <>
      <p className="text-pretty wrap-anywhere">
        <span className="font-medium">{DOES[effect]}</span>
        {say !== null && (
          <>
            : <Said text={say} />
          </>
        )}
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-small text-faint">
        <Link
          to="/decisions"
          search={{ policy: id }}
          className="font-mono wrap-anywhere hover:text-ink hover:underline"
          title="Every decision that it brought about"
        >
          <Said text={id} />
        </Link>
        <span>version {version}</span>
      </p>
      {text === null ? (
        <p className="text-small text-faint">It belongs to an agent of others; its text is theirs to see.</p>
      ) : (
        <Cedar text={text} id={id} />
      )}
    </>
  )
}

function Cedar({ text, id }: { text: string; id: string }): ReactNode {
  return (
    <details className="group mt-1">
      <summary className="inline-flex items-center gap-1.5 text-small text-soft hover:text-ink">
        <Icon name="right" className="size-3 transition-transform duration-100 group-open:rotate-90" />
        Its Cedar as it stood
      </summary>
      <div className="mt-1.5">
        <ExactText text={text} label={`The Cedar of ${id}`} />
      </div>
    </details>
  )
}
