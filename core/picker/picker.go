// Package picker asks for a file or a folder with the system's own dialog: the
// FileChooser portal where there is D-Bus. It knows nothing of Fyne, needs no cgo, and
// says with ErrNone where somebody else has to ask. It opens and creates no file:
// whoever uses the path checks it.
package picker

import (
	"context"
	"errors"
)

// ErrNone says that the system has no dialog that could ask, or that it ended by
// itself without an answer.
var ErrNone = errors.New("no file chooser of the system's own")

// What is what a dialog asks for.
type What int

// A file that is there, one that is to be written, or a folder.
const (
	Open What = iota
	Save
	Folder
)

// Question is what the dialog asks.
type Question struct {
	What   What
	Title  string   // of the dialog
	Dir    string   // where it begins; empty, or not there: as the system likes
	Name   string   // of the file to Save, as a proposal
	Files  string   // the files to choose from, in words
	Kinds  []string // how their names end: ".csv"; none: all files
	Parent Parent   // the window that the dialog belongs to
}

// Parent names a window in the system's own way; zero: none.
type Parent struct {
	X11 uintptr
}

// Picker is the system's own dialog. Its zero value is ready.
type Picker struct{}

// Pick shows the dialog and waits until the user has answered or ctx ends, which
// takes the dialog away. path is empty where the user chose nothing. ErrNone: nothing
// has asked the user. It may be called from any goroutine but the one that draws.
func (Picker) Pick(ctx context.Context, q Question) (path string, err error) { return pick(ctx, q) }
