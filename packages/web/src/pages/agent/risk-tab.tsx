import type { AgentDetail, RiskView } from "@tabard/api"
import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { RiskMark } from "../../components/risk-mark.tsx"
import { Said } from "../../components/said.tsx"
import { intervalWords } from "../../words/risk-words.ts"
import { RiskPoints } from "./risk-points.tsx"

/** How risky an agent is: every point with what it was seen from, and the one change that lowers it most. */
export function RiskTab({ agent: { risk } }: { agent: AgentDetail }): ReactNode {
  if (!risk)
    return (
      <Frame>
        <EmptyFace title="No risk to follow">What is dismissed or retired is not scored.</EmptyFace>
      </Frame>
    )
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
      <div className="min-w-0 space-y-8">
        <Score risk={risk} />
        <Unknown unknown={risk.unknown} />
        <Changes history={risk.history} />
      </div>
      <div className="min-w-0 space-y-8">
        <RiskPoints title="Access" total={risk.access} points={risk.points} side="access" />
        <RiskPoints title="Autonomy" total={risk.autonomy} points={risk.points} side="autonomy" />
      </div>
    </div>
  )
}

function Score({ risk }: { risk: RiskView }): ReactNode {
  const { access, autonomy, score, counterfactual } = risk
  return (
    <Section title="Risk">
      <p className="text-title">
        <RiskMark risk={risk} />
      </p>
      <p className="mt-1 text-soft">
        Access {access} × autonomy {autonomy} = {score} of 100. {intervalWords(risk)}
      </p>
      {counterfactual && (
        <div className="mt-3 rounded-md bg-panel px-3 py-2.5">
          <p className="text-small text-faint">What lowers it most</p>
          <p className="font-medium">{counterfactual.say}</p>
          <p className="flex gap-1.5 text-soft">
            It would then be <RiskMark risk={{ ...counterfactual, low: 0, high: 0 }} />
          </p>
        </div>
      )}
    </Section>
  )
}

function Unknown({ unknown }: Pick<RiskView, "unknown">): ReactNode {
  if (unknown.length === 0) return null
  return (
    <Section title="What is not known">
      <ul className="list-disc pl-4 text-soft">
        {[...new Set(unknown)].map((what) => (
          <li key={what} className="wrap-anywhere">
            <Said text={what} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Changes({ history }: Pick<RiskView, "history">): ReactNode {
  if (history.length === 0) return null
  return (
    <Section title="How it changed">
      <ul className="border-t">
        {history.map((kept) => (
          <li key={kept.at} className="flex items-baseline justify-between border-b py-1.5">
            <RiskMark risk={kept} />
            <span className="text-small text-faint">
              <Moment at={kept.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
