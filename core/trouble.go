package core

import (
	"errors"
	"fmt"
	"strings"
)

// Errors that people need words for stand here when a room of core returns them;
// those that an interface promises stand beside it.

// Troubles of the public door.
var (
	// ErrNotSetUp: there is no authtoken or no webhook secret yet, so no door can open.
	ErrNotSetUp = errors.New("not set up yet")
	// ErrClosed: the user closed the address.
	ErrClosed = errors.New("the address is closed")
)

// Troubles of files that are written and read.
var (
	// ErrFormat: there is no format of that name.
	ErrFormat = errors.New("format is none of quickbooks, xero, full, xlsx, ofx and qbo")
	// ErrPeriod: a day of the period is missing, or it ends before it starts.
	ErrPeriod = errors.New("period has no days")
	// ErrNoRecipe: what it takes to make an export again was not kept.
	ErrNoRecipe = errors.New("it is not known how the export was made")
	// ErrNotTheSame: an export that is made again would not be what it was.
	ErrNotTheSame = errors.New("the export would not be the same")
	// ErrExporting: an export must wait, because another goes on.
	ErrExporting = errors.New("another export goes on")
	// ErrNotFile: the path names something that is there and is no regular file.
	ErrNotFile = errors.New("not a regular file")
	// ErrForeignLink: a symbolic link of another user leads there.
	ErrForeignLink = errors.New("a link of another user leads there")
	// ErrForeignDir: a data directory belongs to another user.
	ErrForeignDir = errors.New("it belongs to another user")
	// ErrSharedDir: others can put files into it, like /tmp; data needs a directory
	// of its own.
	ErrSharedDir = errors.New("directory is shared with other users")
	// ErrTableTooLarge: a table is larger than any portfolio asks for.
	ErrTableTooLarge = errors.New("the table is too large")
	// ErrNoTable: what is to be read as a table is no file at all.
	ErrNoTable = errors.New("no file with a table")
	// ErrEmptyTable: a table has no rows at all.
	ErrEmptyTable = errors.New("the table is empty")
	// ErrPDF: a file that is to hold a table is a PDF.
	ErrPDF = errors.New("a PDF holds no table")
	// ErrWorkbook: a file is a workbook, or looks like one, that is not read: of an old
	// Excel or another program, with a password, or damaged.
	ErrWorkbook = errors.New("a workbook that cannot be read")
	// ErrLaterImport: an import that is to be undone is not the last one.
	ErrLaterImport = errors.New("there was another import since")
	// ErrNoIDColumn: no title of a file of names is one of ids.
	ErrNoIDColumn = errors.New("no column with ids")
	// ErrColumns: which columns of a file of names hold what is not certain.
	ErrColumns = errors.New("the columns of ids and names are not certain")
	// ErrRentColumns: which column of a table holds the rents is not certain.
	ErrRentColumns = errors.New("the column of rents is not certain")
	// ErrReportColumns: which columns of a report hold what is not certain.
	ErrReportColumns = errors.New("the columns of the report are not certain")
	// ErrEmptyReport: a report has no row that could be read.
	ErrEmptyReport = errors.New("there is nothing in the report")
	// ErrNoRents: a table has no row with a lease's id and a rent.
	ErrNoRents = errors.New("there are no rents in the file")
	// ErrUnknownTable: nothing in a file tells for certain what it holds.
	ErrUnknownTable = errors.New("cannot tell what the file is")
	// ErrFileClosed: the user may not read a file.
	ErrFileClosed = errors.New("the file may not be read")
	// ErrNotFolder: the path of a folder names something else.
	ErrNotFolder = errors.New("not a folder")
	// ErrDataDir: a folder to be watched is the one with Rentbell's own data.
	ErrDataDir = errors.New("it is the folder with Rentbell's data")
	// ErrCrowdedDir: a folder to be watched holds many files that are no reports.
	ErrCrowdedDir = errors.New("many files in it are no reports")
	// ErrNoReportsDir: no folder of reports is chosen.
	ErrNoReportsDir = errors.New("no folder of reports is chosen")
	// ErrNoNames: a file has no row with an id and a name.
	ErrNoNames = errors.New("there are no names in the file")
)

// LeftOutError: lines of a table should have told something and did not.
type LeftOutError struct {
	Lines []int // from 1
	Rest  bool  // others did, and were kept
}

func (e *LeftOutError) Error() string {
	return fmt.Sprintf("lines of the table tell nothing: %d", e.Lines)
}

// NoRoomError: the disk has too little room to write the data anew for this version.
// Nothing has changed.
type NoRoomError struct {
	Missing uint64 // bytes
}

func (e *NoRoomError) Error() string {
	return fmt.Sprintf("the disk lacks %d bytes for the data to be written anew", e.Missing)
}

// Troubles of asking a Rentbell that runs.
var (
	// ErrNoControl: nobody answers for this data directory.
	ErrNoControl = errors.New("no running Rentbell answers")
	// ErrNoWindow: the Rentbell that runs has no window to show.
	ErrNoWindow = errors.New("the running Rentbell has no window")
)

// Troubles of a test event.
var (
	// ErrNotListening: there is no open address to send it to.
	ErrNotListening = errors.New("no open address")
	// ErrTestByHand: only AppFolio can sign what Developer Space delivers, so its
	// own page sends the test event.
	ErrTestByHand = errors.New("only AppFolio can send a test event")
	// ErrTestLost: something answered at the address that is not this Rentbell.
	ErrTestLost = errors.New("the test event did not come back")
)

// AnswerError is an answer of something on the way, where Rentbell's own was
// expected.
type AnswerError struct {
	Status int
	Code   string // ngrok's, where its edge answered; else empty
}

func (e *AnswerError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("answered %d %s", e.Status, e.Code))
}
