package core

import "time"

// Format is a layout of the accountant's file, by the name it has on the
// command line and in saved settings.
type Format string

// The formats of an export.
const (
	FormatQuickBooks Format = "quickbooks" // QuickBooks Online: date, description, amount
	FormatXero       Format = "xero"       // Xero's statement template
	FormatFull       Format = "full"       // every field Rentbell keeps, for a person
	FormatXLSX       Format = "xlsx"       // the same as an Excel workbook
	FormatOFX        Format = "ofx"        // a bank statement, OFX 1.0.2
	FormatQBO        Format = "qbo"        // the same for QuickBooks: Web Connect
)

// Ext is the ending of the format's files: ".csv".
func (f Format) Ext() string {
	switch f {
	case FormatXLSX:
		return ".xlsx"
	case FormatOFX:
		return ".ofx"
	case FormatQBO:
		return ".qbo"
	}
	return ".csv"
}

// Exports is what the export dialog begins with. What this version does not know
// counts as empty.
type Exports struct {
	Format  Format      `json:"format"` // empty: QuickBooks Online
	Period  FirstPeriod `json:"period"`
	IntuBID uint        `json:"intu_bid,omitempty"` // the bank that a qbo file names; 0: the usual one
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

// PastExport is an export as it is remembered: the next one can be of what came in
// since, and this one can be made again.
type PastExport struct {
	At       time.Time // UTC
	From, To Date      // the days it held payments for, both inclusive
	Format   Format
	Rows     int
	Total    Cents
	LastSeq  uint64 // the newest event it could have seen
	File     string // base name, without "(1 of 3)"; StandardOutput: there is no file
	Dir      string // the folder it went to; empty: not remembered, or none
	Begun    bool   `json:",omitempty"` // nobody has said yet that its files have appeared
	By       string `json:",omitempty"` // the desk of the office that made it; empty: this computer
	Recipe
}

// ByOther is the desk of the office that made it; empty: it was this one, which is called
// me there.
func (e PastExport) ByOther(me string) string {
	if e.By == me {
		return ""
	}
	return e.By
}

// StandardOutput is the File of an export that rentbelld has printed.
const StandardOutput = "-"

// Recipe is what it takes, besides days and format, to make the files of an export again.
// That of an export which an earlier version made is zero: it cannot be made again.
type Recipe struct {
	SHA256   string `json:",omitempty"` // hex, of the bytes of all files, one after the other
	Files    int    `json:",omitempty"`
	AfterSeq uint64 `json:",omitempty"` // only payments stored after this event; 0: all
	OneFile  bool   `json:",omitempty"` // also of more than the importer takes
	Zone     string `json:",omitempty"` // whose days they are, such as "America/Chicago"; empty: the computer's
	IntuBID  uint   `json:",omitempty"` // the bank that a qbo file names; 0: the usual one
	Renames  uint64 `json:",omitempty"` // how many changes of names there had been
}
