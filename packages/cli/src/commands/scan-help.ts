/** How `tabard scan` is used, in one line. */
export const SCAN_USAGE: string =
  "usage: tabard scan [PATH…] [--format pretty|json|sarif|cyclonedx|html] [--json] [--fail-on SEVERITY] [--baseline FILE] [--push URL] [--every TIME] [--quiet]"

/** What `tabard scan --help` says. */
export const SCAN_HELP: string = `${SCAN_USAGE}

Answers which agents and MCP servers are here, with which keys, how freely. With PATH it reads only PATH; without, the known
places of the home directory, the clients that run, and the current directory. It needs no server, runs nothing it finds, and writes no secret.

  --format pretty      for a person at a terminal (the default)
  --format json        everything, as tabard.scan/1; --json is the same
  --format sarif       the findings, for code scanning (SARIF 2.1.0)
  --format cyclonedx   agents and MCP servers, as a bill of materials (CycloneDX 1.7)
  --format html        one page for a browser, with no script in it
  --fail-on SEVERITY   end with 4 where a finding is at least this severe: low, medium, high, critical
  --baseline FILE      leave out the findings that FILE has; FILE is an earlier --json report
  --push URL           send the report to a server at which this machine is enrolled (tabard reporters enroll)
  --every TIME         go on, scan again each TIME (30m, 6h) and say what changed; tabard watch install does it for good
  --quiet              write nothing of the report itself

Exit codes: 0 it looked, 1 it could not begin, 2 wrong arguments, 3 nothing it was sent to could be read, 4 a finding met
--fail-on, 5 the report could not be delivered and is kept for the next run, 6 the server refused it, 130 stopped.
`
