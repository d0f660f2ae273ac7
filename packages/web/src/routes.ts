import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router"
import { parseAccountSearch } from "./pages/account/account-search.ts"
import { parseAgentSearch } from "./pages/agent/agent-search.ts"
import { AgentsPage } from "./pages/agents/agents-page.tsx"
import { parseAgentsSearch } from "./pages/agents/agents-search.ts"
import { ApprovalsPage } from "./pages/approvals/approvals-page.tsx"
import { parseApprovalsSearch } from "./pages/approvals/approvals-search.ts"
import { parseAuditSearch } from "./pages/audit/audit-search.ts"
import { parseCredentialsSearch } from "./pages/credentials/credentials-search.ts"
import { parseDecisionsSearch } from "./pages/decisions/decisions-search.ts"
import { FindingsPage } from "./pages/findings/findings-page.tsx"
import { parseFindingsSearch } from "./pages/findings/findings-search.ts"
import { NotFoundPage } from "./pages/not-found-page.tsx"
import { OverviewPage } from "./pages/overview/overview-page.tsx"
import { parsePeopleSearch } from "./pages/people/people-search.ts"
import { parsePoliciesSearch } from "./pages/policies/policies-search.ts"
import { parseScansSearch } from "./pages/scans/scans-search.ts"
import { parseServersSearch } from "./pages/servers/servers-search.ts"
import { parseSettingsSearch } from "./pages/settings/settings-search.ts"
import { Shell } from "./shell/shell.tsx"

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })
const getParentRoute = () => root

// What most visits begin with comes at once; every other page when the pointer nears its link, or when it is looked at.
const overview = createRoute({ getParentRoute, path: "/", component: OverviewPage })
const agents = createRoute({
  getParentRoute,
  path: "/agents",
  validateSearch: parseAgentsSearch,
  component: AgentsPage,
})
const agent = createRoute({
  getParentRoute,
  path: "/agents/$id",
  validateSearch: parseAgentSearch,
  component: lazyRouteComponent(() => import("./pages/agent/agent-page.tsx"), "AgentPage"),
})
const approvals = createRoute({
  getParentRoute,
  path: "/approvals",
  validateSearch: parseApprovalsSearch,
  component: ApprovalsPage,
})
const audit = createRoute({
  getParentRoute,
  path: "/audit",
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import("./pages/audit/audit-page.tsx"), "AuditPage"),
})
const decisions = createRoute({
  getParentRoute,
  path: "/decisions",
  validateSearch: parseDecisionsSearch,
  component: lazyRouteComponent(() => import("./pages/decisions/decisions-page.tsx"), "DecisionsPage"),
})
const findings = createRoute({
  getParentRoute,
  path: "/findings",
  validateSearch: parseFindingsSearch,
  component: FindingsPage,
})
const sources = createRoute({
  getParentRoute,
  path: "/sources",
  component: lazyRouteComponent(() => import("./pages/sources/sources-page.tsx"), "SourcesPage"),
})
const people = createRoute({
  getParentRoute,
  path: "/people",
  validateSearch: parsePeopleSearch,
  component: lazyRouteComponent(() => import("./pages/people/people-page.tsx"), "PeoplePage"),
})
const servers = createRoute({
  getParentRoute,
  path: "/servers",
  validateSearch: parseServersSearch,
  component: lazyRouteComponent(() => import("./pages/servers/servers-page.tsx"), "ServersPage"),
})
const credentials = createRoute({
  getParentRoute,
  path: "/credentials",
  validateSearch: parseCredentialsSearch,
  component: lazyRouteComponent(() => import("./pages/credentials/credentials-page.tsx"), "CredentialsPage"),
})
const systems = createRoute({
  getParentRoute,
  path: "/systems",
  component: lazyRouteComponent(() => import("./pages/systems/systems-page.tsx"), "SystemsPage"),
})
const scans = createRoute({
  getParentRoute,
  path: "/scans",
  validateSearch: parseScansSearch,
  component: lazyRouteComponent(() => import("./pages/scans/scans-page.tsx"), "ScansPage"),
})
const policies = createRoute({
  getParentRoute,
  path: "/policies",
  validateSearch: parsePoliciesSearch,
  component: lazyRouteComponent(() => import("./pages/policies/policies-page.tsx"), "PoliciesPage"),
})
const settings = createRoute({
  getParentRoute,
  path: "/settings",
  validateSearch: parseSettingsSearch,
  component: lazyRouteComponent(() => import("./pages/settings/settings-page.tsx"), "SettingsPage"),
})
const account = createRoute({
  getParentRoute,
  path: "/account",
  validateSearch: parseAccountSearch,
  component: lazyRouteComponent(() => import("./pages/account/account-page.tsx"), "AccountPage"),
})
const signIn = createRoute({
  getParentRoute,
  path: "/sign-in",
  beforeLoad: () => {
    // oxlint-disable-next-line typescript/only-throw-error -- the router's own way to lead elsewhere
    throw redirect({ to: "/", replace: true })
  },
})

/** The pages of the console and their addresses. */
export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    agents,
    agent,
    approvals,
    findings,
    servers,
    credentials,
    systems,
    scans,
    audit,
    decisions,
    sources,
    policies,
    people,
    settings,
    account,
    signIn,
  ]),
  defaultPreload: "intent",
  // Plain text on both sides: an address is read by people and means one thing.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: writeSearch,
  scrollRestoration: false,
})

function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const said = Object.entries(search).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString()
  return text && `?${text}`
}

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
