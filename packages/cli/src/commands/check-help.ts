/** How `tabard check` is used, in one line. */
export const CHECK_USAGE: string =
  "usage: tabard check [PATH…] [--standards FILE] [--tools FILE] [--people FILE | --server URL] [--terraform PLAN] [--frozen] [--format pretty|json|sarif|junit] [--json] [--fail-on SEVERITY] [--baseline FILE]"

/** What `tabard check --help` says. */
export const CHECK_HELP: string = `${CHECK_USAGE}

Holds manifests (tabard.yaml, NAME.tabard.yaml) to the standards of the organisation, and each to the agent.lock beside it. PATH is a
manifest or a folder; without one the current folder is looked through. tabard.organisation.yaml here (guard-rails, tiers, sets) is checked as
well, with organisation.lock. It runs nothing, and asks no server unless --server says so.

  --standards FILE     the organisation's standards; otherwise tabard.standards.yaml here, otherwise what ships
  --tools FILE         what servers answer to tools/list; otherwise tabard.tools.json here
  --people FILE        the directory, as tabard people export writes it: owners have to stand in it
  --server URL         ask that server for the directory instead (as tabard people export does), and which agents may act for which;
                       a token needs people:read and agents:read
  --token-file FILE    the API token for --server; otherwise TABARD_TOKEN, otherwise whoever ran tabard login
  --terraform PLAN     check as well what a plan makes (terraform show -json)
  --frozen             fail where a manifest has no agent.lock
  --format pretty      for a person at a terminal (the default)
  --format json        everything, as tabard.check/1; --json is the same
  --format sarif       for code scanning (SARIF 2.1.0)
  --format junit       for test reports (JUnit XML)
  --fail-on SEVERITY   the least severity that fails: low, medium (the default), high, critical
  --baseline FILE      leave out the findings that FILE has; FILE is an earlier --json report

Exit codes: 0 nothing that fails, 1 findings that fail, 2 wrong arguments, standards or definitions, 3 nothing to check was found or
could be read, 130 stopped.
`

/** How `tabard lock` is used. */
export const LOCK_HELP: string = `usage: tabard lock [PATH…] [--tools FILE] [--standards FILE]

Writes agent.lock beside each manifest: what is reviewed with it. Each tool is pinned by the digest of its definition in tabard.tools.json
(or FILE), each class of tools by those that are in it, the manifest by all that it says, and the policies that it compiles to.
Where tabard.organisation.yaml lies here, organisation.lock is written too. tabard check tells in words what became otherwise. The same review gives the same bytes.

Exit codes: 0 written, 1 a manifest cannot be locked, 2 wrong arguments or definitions, 3 no manifest was found.
`
