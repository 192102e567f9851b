package names

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"rentbell/core"
)

// Write writes the names that the user gave as a file that Read reads: UTF-8 with
// a mark, sorted by kind and id. An empty kind is all of them. Every cell is quoted,
// so that nobody takes a semicolon in it for a separator.
func Write(w io.Writer, n *Table, kind core.NameKind) error {
	var keys []core.NameKey
	for key, name := range n.All() {
		if name.Given != "" && (kind == "" || key.Kind == kind) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b core.NameKey) int {
		order := slices.Index(core.NameKinds(), a.Kind) - slices.Index(core.NameKinds(), b.Kind)
		if order != 0 {
			return order
		}
		return strings.Compare(a.ID, b.ID)
	})
	file := []byte(core.ByteOrderMark + "kind,id,name\n")
	for _, key := range keys {
		for i, cell := range []string{string(key.Kind), key.ID, n.Of(key).Given} {
			if i > 0 {
				file = append(file, ',')
			}
			file = core.AppendCell(file, cell)
		}
		file = append(file, '\n')
	}
	if _, err := w.Write(file); err != nil {
		return fmt.Errorf("write names: %w", err)
	}
	return nil
}
