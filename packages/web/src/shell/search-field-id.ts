/** The id of the field that the search keys go to. */
export const SEARCH_FIELD = "agent-search"
