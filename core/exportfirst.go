package core

// Exports is what the export dialog begins with. What this version does not know
// counts as empty.
type Exports struct {
	Format Format      `json:"format"` // empty: QuickBooks Online
	Period FirstPeriod `json:"period"`
}

// FirstPeriod is the period the export dialog begins with.
type FirstPeriod string

// The periods there are.
const (
	FirstNew     FirstPeriod = "" // what is new since the last export, where there was one; else the month looked at
	FirstMonth   FirstPeriod = "month"
	FirstLast    FirstPeriod = "last-month"
	FirstQuarter FirstPeriod = "quarter"
	FirstYear    FirstPeriod = "year"
)
