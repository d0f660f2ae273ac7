import type { AgentSummary } from "@tabard/api"
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table"
import { AutonomyMark, CredentialsMark, OwnerMark, StateMark } from "../../components/agent-marks.tsx"
import { Moment } from "../../components/moment.tsx"
import { RISK_TONES, RiskMark } from "../../components/risk-mark.tsx"
import { Said } from "../../components/said.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { AUTONOMY_WORDS, categoryWords, STATE_WORDS } from "../../words/agent-words.ts"
import { AgentLink } from "./agent-link.tsx"
import { RiskLineMark } from "./risk-lines.tsx"

/** What the table can do: sort, and no more. */
export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

const helper = createColumnHelper<typeof features, AgentSummary>()
const states = keysOf(STATE_WORDS)
const levels = keysOf(AUTONOMY_WORDS)
const names = new Intl.Collator("en", { numeric: true })

/** The columns of the list, in order. */
export const columns = helper.columns([
  helper.accessor("name", {
    header: "Name",
    sortFn: (a, b) => names.compare(a.original.name, b.original.name),
    cell: ({ row }) => <AgentLink agent={row.original} />,
  }),
  helper.accessor((agent) => categoryWords(agent.category).label, {
    id: "category",
    header: "Category",
    sortFn: byText,
    cell: ({ row: { original } }) => (
      <span className={original.category === null ? "truncate text-faint" : "truncate"}>
        {categoryWords(original.category).label}
      </span>
    ),
  }),
  helper.accessor((agent) => agent.owner?.name ?? "", {
    id: "owner",
    header: "Owner",
    sortFn: byText,
    cell: ({ row }) => <OwnerMark owner={row.original.owner} orphaned={row.original.orphaned} />,
  }),
  helper.accessor((agent) => states.indexOf(agent.state), {
    id: "state",
    header: "State",
    sortFn: byNumber,
    cell: ({ row }) => <StateMark state={row.original.state} shadow={row.original.shadow} />,
  }),
  helper.accessor((agent) => agent.risk?.score ?? -1, {
    id: "risk",
    header: "Risk",
    sortFn: byNumber,
    cell: ({ row: { original } }) => (
      <span
        className={`flex min-w-0 flex-1 items-center gap-2 ${original.risk ? RISK_TONES[original.risk.band] : ""}`}
      >
        <RiskMark risk={original.risk} />
        {original.risk && <RiskLineMark agent={original.id} />}
      </span>
    ),
  }),
  helper.accessor((agent) => (agent.sides ? agent.sides.access * 100 + agent.sides.autonomy : -1), {
    id: "sides",
    header: "Access × autonomy",
    sortFn: byNumber,
    cell: ({ row: { original } }) => <Sides sides={original.sides} />,
  }),
  helper.accessor((agent) => levels.indexOf(agent.autonomy), {
    id: "autonomy",
    header: "Autonomy",
    sortFn: byNumber,
    cell: ({ row }) => <AutonomyMark level={row.original.autonomy} />,
  }),
  helper.accessor((agent) => agent.tier ?? "", {
    id: "tier",
    header: "Tier",
    sortFn: byText,
    cell: ({ row }) => row.original.tier ?? <span className="text-faint">None</span>,
  }),
  helper.accessor("servers", {
    header: "Servers",
    sortFn: byNumber,
    cell: ({ row }) => <Quiet many={row.original.servers} />,
  }),
  helper.accessor((agent) => agent.plaintextCredentials * 1e6 + agent.credentials, {
    id: "credentials",
    header: "Credentials",
    sortFn: byNumber,
    cell: ({ row: { original } }) => (
      <CredentialsMark all={original.credentials} plaintext={original.plaintextCredentials} />
    ),
  }),
  helper.accessor((agent) => agent.reporterName ?? "", {
    id: "reporter",
    header: "Seen by",
    sortFn: byText,
    cell: ({ row: { original } }) =>
      original.reporterName === null ? (
        <span className="text-faint">Nobody</span>
      ) : (
        <span className="truncate">
          <Said text={original.reporterName} />
        </span>
      ),
  }),
  helper.accessor((agent) => Date.parse(agent.lastSeen ?? "") || 0, {
    id: "lastSeen",
    header: "Last seen",
    sortFn: byNumber,
    cell: ({ row: { original } }) => (
      <span
        className={original.vanishedAt === null ? "truncate text-soft" : "truncate text-faint line-through"}
        title={original.vanishedAt === null ? undefined : "No scan sees it any more"}
      >
        {original.lastSeen ? <Moment at={original.lastSeen} short /> : "Never"}
      </span>
    ),
  }),
])

interface Valued {
  getValue(id: string): unknown
}

function byText(a: Valued, b: Valued, id: string): number {
  return names.compare(String(a.getValue(id)), String(b.getValue(id)))
}

function byNumber(a: Valued, b: Valued, id: string): number {
  return Number(a.getValue(id)) - Number(b.getValue(id))
}

/** Both sides of the score, 0 to 10 each. */
function Sides({ sides }: Pick<AgentSummary, "sides">): React.ReactNode {
  if (!sides) return <span className="text-faint">None</span>
  return (
    <span
      className="truncate text-soft"
      title={`Access ${sides.access}, autonomy ${sides.autonomy}, of 10 each`}
    >
      {sides.access} × {sides.autonomy}
    </span>
  )
}

function Quiet({ many }: { many: number }): React.ReactNode {
  return <span className={many === 0 ? "text-faint" : ""}>{many}</span>
}
