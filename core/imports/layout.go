package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strconv"

	"rentbell/core"
	"rentbell/core/table"
)

// LayoutOf is what a person said of a table, to be remembered; false: it has no titles by
// which another such table could be told.
func LayoutOf(s table.Sheet, k core.TableKind, c Columns) (core.Layout, bool) {
	l := core.Layout{Kind: k, Titles: digest(s.Titles), Columns: map[string]int{}}
	for role, at := range c {
		l.Columns[string(role)] = at
	}
	return l, s.Titled
}

// Recalled is a table of which a person once said what it holds.
type Recalled struct {
	Sheet   table.Sheet // with the titles that were chosen then
	Kind    core.TableKind
	Columns Columns
}

// Recall finds what a person chose last for a table with these titles, of one of some kinds
// or, when none are given, of any.
func Recall(layouts []core.Layout, s table.Sheet, kinds ...core.TableKind) (Recalled, bool) {
	for _, l := range slices.Backward(layouts) {
		if len(kinds) > 0 && !slices.Contains(kinds, l.Kind) {
			continue
		}
		titled, found := s.Retitled(func(titles []string) bool { return digest(titles) == l.Titles })
		if !found {
			continue
		}
		if c, err := Settle(titled, l.Kind, pickedBy(l)); err == nil && fits(titled, c) {
			return Recalled{titled, l.Kind, c}, true
		}
	}
	return Recalled{}, false
}

// Reread reads a table that another process has read by a layout of its own. The error is
// core.ErrColumns where it is another table, or one of table.Open.
func Reread(r io.Reader, l core.Layout) (Found, error) {
	s, err := table.Open(r)
	if err != nil {
		return Found{}, err
	}
	if r, found := Recall([]core.Layout{l}, s, l.Kind); found && !untitledBy(s, l) {
		return Read(r.Sheet, r.Kind, r.Columns), nil
	}
	c, err := Settle(s, l.Kind, pickedBy(l))
	if err != nil || !untitledBy(s, l) { // a column that it lacks is empty
		return Found{}, core.ErrColumns
	}
	return Read(s, l.Kind, c), nil
}

// untitledBy reports whether a layout is that of a table without titles.
func untitledBy(s table.Sheet, l core.Layout) bool { return !s.Titled && digest(s.Titles) == l.Titles }

func pickedBy(l core.Layout) Columns {
	picked := Columns{}
	for role, at := range l.Columns {
		picked[Role(role)] = at
	}
	return picked
}

// Sound reports whether a layout can be one that LayoutOf made.
func Sound(l core.Layout) bool {
	roles, _ := Roles(l.Kind)
	return len(roles) > 0 && len(l.Titles) == hex.EncodedLen(sha256.Size) && len(l.Columns) <= len(roles)+1 // RoleMiddle
}

// fits reports whether a table has all of the columns.
func fits(s table.Sheet, c Columns) bool {
	for _, at := range c {
		if at < 0 || at >= len(s.Titles) {
			return false
		}
	}
	return true
}

// digest stands for titles as table.Title compares them.
func digest(titles []string) string {
	sum := sha256.New()
	for i, title := range titles {
		if title == "" {
			title = strconv.Itoa(i + 1) // as a Sheet calls it
		}
		_, _ = sum.Write([]byte(table.Title(title))) // a hash takes everything
		_, _ = sum.Write([]byte{0})
	}
	return hex.EncodeToString(sum.Sum(nil))
}
