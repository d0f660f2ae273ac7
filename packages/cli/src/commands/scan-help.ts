/** How `tabard scan` is used, in one line. */
export const SCAN_USAGE: string =
  "usage: tabard scan [PATH…] [--format pretty|json|sarif|cyclonedx|html] [--json] [--fail-on SEVERITY] [--baseline FILE]"

/** What `tabard scan --help` says. */
export const SCAN_HELP: string = `${SCAN_USAGE}

Answers which agents and MCP servers are here, with which keys, how freely. With PATH it reads only PATH; without, the known
places of the home directory, and the current directory. It needs no server, runs nothing it finds, and writes no secret.

  --format pretty      for a person at a terminal (the default)
  --format json        everything, as tabard.scan/1; --json is the same
  --format sarif       the findings, for code scanning (SARIF 2.1.0)
  --format cyclonedx   agents and MCP servers, as a bill of materials (CycloneDX 1.7)
  --format html        one page for a browser, with no script in it
  --fail-on SEVERITY   end with 4 where a finding is at least this severe: low, medium, high, critical
  --baseline FILE      leave out the findings that FILE has; FILE is an earlier --json report

Exit codes: 0 it looked, 2 wrong arguments, 3 nothing it was sent to could be read, 4 a finding met --fail-on, 130 stopped.
`
