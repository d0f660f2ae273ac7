import type { FindingView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { DrawerPart } from "../../components/drawer.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { SeverityMark } from "../../components/severity-mark.tsx"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { FINDING_STATE_WORDS } from "../../words/finding-words.ts"
import { FindingStanding } from "./finding-standing.tsx"

/** One finding: what is wrong, what to do, what shows it, and how it stands. */
export function FindingDetail({ finding }: { finding: FindingView }): ReactNode {
  return (
    <div className="space-y-5">
      <header className="space-y-1">
        <p className="flex items-center gap-3 text-small">
          <SeverityMark severity={finding.severity} />
          <span className="text-soft">{FINDING_STATE_WORDS[finding.state]}</span>
        </p>
        <h2 className="text-lead font-semibold text-pretty">{finding.title}</h2>
        <p className="text-pretty wrap-anywhere text-soft">
          <Said text={finding.message} />
        </p>
      </header>
      <div className="rounded-md bg-panel px-3 py-2.5">
        <p className="text-small text-faint">What to do</p>
        <p className="font-medium text-pretty">{finding.remediation}</p>
      </div>
      <FindingStanding finding={finding} />
      <Concerned finding={finding} />
      <Evidence evidence={finding.evidence} />
      <Controls controls={finding.controls} />
      <Times finding={finding} />
    </div>
  )
}

function Concerned({ finding: { agents, subject } }: { finding: FindingView }): ReactNode {
  return (
    <DrawerPart title="About">
      {subject.kind !== "agent" && (
        <p className="wrap-anywhere">
          <SubjectLink subject={subject} /> <span className="text-faint">{subject.kind}</span>
        </p>
      )}
      <ul>
        {agents.map(({ id, name }) => (
          <li key={id}>
            <Link to="/agents/$id" params={{ id }} className="text-accent hover:underline">
              <Said text={name} />
            </Link>
          </li>
        ))}
      </ul>
    </DrawerPart>
  )
}

/** Leads to what the finding is about, for whoever sees the whole organisation. */
function SubjectLink({ subject: { kind, id, name } }: Pick<FindingView, "subject">): ReactNode {
  const isMember = useSignedIn().user.role === "member"
  const look = "text-accent hover:underline"
  if (kind === "credential" && !isMember) {
    return (
      <Link to="/credentials" search={{ credential: id }} className={look}>
        <Said text={name} />
      </Link>
    )
  }
  if (kind === "server" && !isMember) {
    return (
      <Link to="/servers" search={{ server: id }} className={look}>
        <Said text={name} />
      </Link>
    )
  }
  return <Said text={name} />
}

function Evidence({ evidence }: Pick<FindingView, "evidence">): ReactNode {
  if (evidence.length === 0) return null
  return (
    <DrawerPart title="What shows it">
      <ul className="space-y-1.5">
        {evidence.map(({ path, line, what }) => (
          <li key={`${path}:${line ?? ""} ${what}`} className="wrap-anywhere">
            <Said text={what} />
            <span className="block font-mono text-small text-faint">
              <Said text={path} />
              {line !== null && `:${line}`}
            </span>
          </li>
        ))}
      </ul>
    </DrawerPart>
  )
}

function Controls({ controls }: Pick<FindingView, "controls">): ReactNode {
  if (controls.length === 0) return null
  return (
    <DrawerPart title="Controls it speaks to">
      <ul className="space-y-1">
        {controls.map(({ framework, id, title }) => (
          <li key={`${framework} ${id}`} className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-2">
            <span className="text-small text-faint">
              {framework} {id}
            </span>
            <span className="text-small">{title}</span>
          </li>
        ))}
      </ul>
    </DrawerPart>
  )
}

function Times({ finding }: { finding: FindingView }): ReactNode {
  const { openedAt, lastSeenAt, resolvedAt, reopened } = finding
  return (
    <p className="text-small text-faint">
      Opened <Moment at={openedAt} />, last seen <Moment at={lastSeenAt} />
      {reopened > 0 && `, came back ${reopened === 1 ? "once" : `${reopened} times`}`}
      {resolvedAt !== null && (
        <>
          , put right <Moment at={resolvedAt} />
        </>
      )}
      .
    </p>
  )
}
