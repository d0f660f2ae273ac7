import type { OverviewView } from "@tabard/api"
import { SEVERITIES } from "@tabard/core"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { FindingSubject } from "../../components/finding-subject.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { SeverityMark } from "../../components/severity-mark.tsx"
import { grouped } from "../../words/count.ts"
import { SEVERITY_WORDS } from "../../words/finding-words.ts"

type Known = Pick<OverviewView, "worstFindings" | "findingsBySeverity">

/** What to put right first, each with what to do about it. */
export function WorstFindings({ overview }: { overview: Known }): ReactNode {
  const { worstFindings } = overview
  return (
    <Section title="Put right first" beside={<Counts counts={overview.findingsBySeverity} />}>
      <Frame>
        {worstFindings.length === 0 ? (
          <EmptyFace title="Nothing is to be put right">
            No rule finds anything that stands, in what is known.
          </EmptyFace>
        ) : (
          <ul>
            {worstFindings.map((finding) => (
              <li key={finding.id} className="border-b last:border-b-0">
                <Link
                  to="/findings"
                  search={{ finding: finding.id }}
                  data-row=""
                  className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-start gap-x-3 px-3 py-2 -outline-offset-2 hover:bg-panel"
                >
                  <SeverityMark severity={finding.severity} />
                  <span className="min-w-0">
                    <span className="font-medium">{finding.title}</span>{" "}
                    <FindingSubject subject={finding.subject} />
                    <span className="block text-small text-pretty text-faint">{finding.remediation}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Frame>
    </Section>
  )
}

function Counts({ counts }: { counts: OverviewView["findingsBySeverity"] }): ReactNode {
  return (
    <ul className="flex flex-wrap gap-x-3 text-small">
      {SEVERITIES.filter((severity) => (counts[severity] ?? 0) > 0).map((severity) => (
        <li key={severity}>
          <Link to="/findings" search={{ severity }} className="text-soft hover:text-ink hover:underline">
            <span className="text-ink">{grouped(counts[severity] ?? 0)}</span>{" "}
            {SEVERITY_WORDS[severity].toLowerCase()}
          </Link>
        </li>
      ))}
    </ul>
  )
}
