package export

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"rentbell/core"
	"rentbell/core/owner"
	"rentbell/core/wholefile"
)

// PartName is the name of one of several files: "June (1 of 3).csv".
func PartName(path string, part, parts int) string {
	if parts <= 1 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s (%d of %d)%s", strings.TrimSuffix(path, ext), part, parts, ext)
}

// WrittenFiles is what an export into files has written.
type WrittenFiles struct {
	Written
	Files       int
	First, Last core.Date // the days of the first row and the last; zero: there is none
}

// Files is Export into one file or, where the format's importer takes no more in one
// and q does not want it so, into several that are named as PartName does. All appear whole
// or none does, as wholefile.Name promises: until everything is on disk, earlier
// files of those names stay, and after an error or the end of ctx nothing new is
// left. Only their owner can read them.
func Files(ctx context.Context, path string, r Payments, q Query) (WrittenFiles, error) {
	q, err := q.checked()
	if err != nil {
		return WrittenFiles{}, err
	}
	return exportFiles(ctx, path, r, q, meter{})
}

func exportFiles(ctx context.Context, path string, r Payments, q Query, m meter) (WrittenFiles, error) {
	path, err := draftsFor(path, q)
	if err != nil {
		return WrittenFiles{}, err
	}
	writing, disk := newToDisk(ctx, path)
	defer disk.discard()
	done, err := q.writeTo(writing, r, &parts{limits: q.limits(), hand: disk.hand}, m)
	if err := disk.finish(writing, err); err != nil {
		return WrittenFiles{}, err
	}
	m.end(done.Rows)
	if err := ctx.Err(); err != nil {
		return WrittenFiles{}, err
	}
	if err := disk.publish(); err != nil {
		return WrittenFiles{}, err
	}
	return done, nil
}

// draftsFor is the path that drafts are written beside. Nothing is written where
// another user's link leads.
func draftsFor(path string, q Query) (string, error) {
	if q.OneFile {
		return wholefile.Behind(path)
	}
	if err := owner.CheckFolder(path); err != nil { // the names are not known yet
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	return path, nil
}
