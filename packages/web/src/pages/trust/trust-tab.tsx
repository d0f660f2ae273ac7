import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { Frame } from "../../components/page.tsx"
import { PagedRows } from "../../components/paged-rows.tsx"
import { useTrustRules } from "../../data/trust-query.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { TrustRuleRow } from "./trust-rule-row.tsx"

const ROW = 130

/** Every rule by which workloads elsewhere are agents of this organisation. */
export function TrustTab(): ReactNode {
  const mayChange = useIsSteward()
  return (
    <div className="space-y-4">
      <p className="max-w-prose text-pretty text-soft">
        What a platform already says of a workload is worth a token of an agent, by a rule. A rule is added
        where its agent is, under Identity.
      </p>
      <PagedRows
        list={useTrustRules()}
        what="The trust rules"
        name="Trust rules"
        one="trust rule"
        height={ROW}
        empty={
          <Frame>
            <EmptyFace title="No platform is trusted">
              Agents prove themselves by keys that they enrolled, or as clients that people sign in.
            </EmptyFace>
          </Frame>
        }
      >
        {(rule) => <TrustRuleRow rule={rule} tellsAgent mayChange={mayChange} />}
      </PagedRows>
    </div>
  )
}
