package imports

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"strings"

	"rentbell/core"
	"rentbell/core/appfolio/reports"
	"rentbell/core/imports"
	"rentbell/core/table"
)

// source is where a table comes from.
type source struct {
	path   string // of a file
	text   string // from the clipboard
	pasted bool
}

func fileAt(path string) source { return source{path: path} }
func pasted(text string) source { return source{text: text, pasted: true} }
func (s source) name() string   { return filepath.Base(s.path) }
func (s source) none() bool     { return s == source{} }

func (s source) open() (table.Sheet, error) {
	if s.pasted {
		return table.Open(strings.NewReader(s.text))
	}
	return table.OpenFile(s.path)
}

// wish is what a person has said of a table.
type wish struct {
	source  source
	kind    core.TableKind
	said    bool            // the person said the kind, else it is likely
	columns imports.Columns // nil: the person has said nothing
}

func (w wish) same(as wish) bool {
	return w.source == as.source && w.kind == as.kind && maps.Equal(w.columns, as.columns)
}

// reading is a table and what it holds, by the columns as they stand. It is made in
// the background, and nothing in it is written to afterwards.
type reading struct {
	source  source
	trouble error // why there is no table
	kind    core.TableKind
	sheet   table.Sheet
	opened  bool // sheet is that of source
	columns imports.Columns
	missing imports.Role // a column that is needed and not known; empty: none
	found   imports.Found
	faults  map[table.Fault]int // how many rows were skipped for each
}

// read reads a table as a person wishes. was is the last reading, whose table serves
// again if it is of the same source; layouts are what people chose for earlier tables.
func (w wish) read(was reading, layouts []core.Layout) reading {
	r := reading{source: w.source, kind: w.kind, sheet: was.sheet, opened: was.opened && was.source == w.source}
	if !r.opened {
		r.sheet, r.trouble = w.source.open()
		if r.trouble == nil && len(r.sheet.Titles) == 0 {
			r.trouble = core.ErrEmptyTable
		}
		if r.opened = r.trouble == nil; !r.opened {
			return r
		}
	}
	if r.columns = w.columns; r.columns == nil {
		r.settle(w, layouts)
	}
	if r.missing == "" {
		r.missing = missing(r.kind, r.columns)
	}
	if r.missing != "" {
		return r
	}
	r.found = imports.Read(r.sheet, r.kind, r.columns)
	r.faults = map[table.Fault]int{}
	for _, s := range r.found.Skipped {
		r.faults[s.Fault]++
	}
	return r
}

// settle finds the kind of a table, unless the person has said it, and the columns that
// are certain. What a person once chose for such a table comes first.
func (r *reading) settle(w wish, layouts []core.Layout) {
	var said []core.TableKind
	if w.said {
		said = append(said, w.kind)
	}
	if known, found := imports.Recall(layouts, r.sheet, said...); found {
		r.sheet, r.kind, r.columns = known.Sheet, known.Kind, known.Columns
		return
	}
	if !w.said {
		r.kind = guess(r.sheet, w.kind)
	}
	var err error
	if r.columns, err = imports.Settle(r.sheet, r.kind, nil); err != nil {
		r.missing = unsure(r.kind, r.columns, err)
	}
}

// guess is what a table holds: what it certainly is, else what was likely if its columns
// are certain for that, else the likeliest by what is in it.
func guess(s table.Sheet, likely core.TableKind) core.TableKind {
	k, _, certain := imports.Guess(s)
	if likely == "" {
		return cmp.Or(k, core.TableOfNames(core.NameLease))
	}
	if _, err := imports.Settle(s, likely, nil); k == "" || err == nil && !certain {
		return likely
	}
	return k
}

// unsure is the first column that is not certain, as Settle says.
func unsure(k core.TableKind, c imports.Columns, err error) imports.Role {
	if role := missing(k, c); role != "" {
		return role
	}
	var of *reports.ColumnsError
	if errors.As(err, &of) {
		return imports.Role(of.Roles[0])
	}
	roles, _ := imports.Roles(k)
	return roles[0]
}

// missing is the first column that a kind of table needs and that is not known; empty:
// there is all.
func missing(k core.TableKind, c imports.Columns) imports.Role {
	roles, needed := imports.Roles(k)
	for _, r := range roles[:needed] {
		if _, known := c[r]; !known && !(r == imports.RoleName && named(c)) {
			return r
		}
	}
	return ""
}

// named reports whether first and last names stand in for names.
func named(c imports.Columns) bool {
	_, first := c[imports.RoleFirst]
	_, last := c[imports.RoleLast]
	return first && last
}
