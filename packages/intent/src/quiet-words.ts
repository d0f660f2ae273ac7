/**
 * Words that say what a tool works with, and nothing of what it does to it. What could also be a verb stands here only where doing
 * it would change little: `file`, but not `block`, `release` or `transfer`.
 */
const QUIET: ReadonlySet<string> = new Set(
  [
    // Words between words.
    "a all an and any as at by each every for from in into its me more most my no not of on only or our own per than that the their then this to with within without your",
    // Which, and how many.
    "active available big current daily default detailed existing favorite first full global hourly invalid large last latest local main many max maximum min minimum missing monthly multiple new newest next oldest open own partial personal previous private public random recent related remote similar simple single small special specific top total unread upcoming valid various weekly yearly",
    // Things in general.
    "attribute attributes batch body bulk catalog category class collection condition content context data definition description detail entity entry example fact feature field filter folder group header hint history id ids index info information input item key kind label language level limit line location meta metadata mode model name number object option output page parameter part path permission place policy preference prefix priority property range rank reason reference region relation result role root row rule sample scope section selection series setting size sort source spec state statistic stats status structure style subject suffix summary table tag target template term text thing time title tool topic tree type unit usage value variable version word",
    // Time.
    "century date datetime day days history hour hours minute month now quarter season second timestamp timezone today tomorrow week weekday year yesterday zone",
    // People and companies.
    "account admin agent approver assignee author candidate client colleague company contact customer department employee guest human identity lead manager member organisation organization owner partner patient people person player profile recipient reviewer role staff student subscriber supplier team teacher tenant user vendor visitor worker workspace",
    // Documents and media.
    "album alert article artist asset attachment audio author blog books bookmark chapter chart clip diagram doc document documentation draft file font glossary guide heading icon image journal json letter library link log manual map markdown media movie note notebook pdf photo picture playlist podcast presentation report slide song spreadsheet story thread track transcript video wiki xml yaml csv html",
    // Work and planning.
    "activity agenda backlog board calendar card checklist deadline epic event goal incident issue kanban meeting milestone objective portfolio project roadmap schedule shift sprint standup stage task ticket timeline todo",
    // Code and its machinery.
    "api app application artifact base64 branch browser bug build cache code component config configuration container core cpu cron database db debug dependency device directory disk domain edge endpoint engine env environment error exception extension file filesystem flag framework function gateway git graph host hostname http ip job k8s kernel kubernetes lambda latency licence license machine memory method metric microservice middleware module monitor namespace network node package pipeline plugin pod port process program protocol proxy pull queue registry repo repository request resource response route runtime schema server service session snippet socket software stack storage subnet symbol syntax system task thread token topology trace url uri vm volume vulnerability webhook website workflow worker",
    // Trade and money, as things that are looked at.
    "asset balance bank basket brand budget campaign cart catalogue coupon currency deal discount finance inventory invoices line market offer opportunity orders payments payouts plan price pricing product promotion quote rate receipt refunds revenue review sales shop sku statement stock store subscriptions tax tier trades transaction transactions wallet warehouse",
    // The world.
    "address airport area article building city climate coordinate country course distance district exercise flight food forecast geo hotel humidity ingredient latitude lesson longitude meal movie nation news nutrition park postcode recipe restaurant river road room school street temperature trip vehicle weather wind",
    // What is sent, as things that are looked at.
    "calls channel chat comments conversation emails feed inbox mailbox messages notifications reaction replies room",
    // Words of what was found out.
    "accuracy analytics anomaly benchmark confidence coverage dashboard diagnostics evaluation experiment finding health insight kpi performance prediction quality question answer rating risk score sentiment signals survey trend",
    // Systems by their names.
    "airtable asana atlassian aws azure bigquery bitbucket confluence datadog discord drive dropbox elasticsearch figma gcp github gitlab gmail google grafana hubspot intercom jira kafka linear mcp mongodb mysql notion outlook pagerduty postgres postgresql prometheus redis s3 salesforce sentry sharepoint shopify slack snowflake sqlite stripe trello zendesk",
  ].flatMap((line) => line.split(" ")),
)

/** Answers whether a word is known to say nothing of an effect; its plural and numbers say nothing either. */
export function isQuiet(word: string): boolean {
  return /^v?\d+$/.test(word) || [word, ...singulars(word)].some((each) => QUIET.has(each))
}

function singulars(word: string): string[] {
  if (word.endsWith("ies")) return [`${word.slice(0, -3)}y`, word.slice(0, -1)]
  if (word.endsWith("es")) return [word.slice(0, -2), word.slice(0, -1)]
  return word.endsWith("s") ? [word.slice(0, -1)] : []
}
