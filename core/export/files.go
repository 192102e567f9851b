package export

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"os"
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
	SHA256      string    // hex, of the bytes of all files, one after the other
	// NotRemembered: it was a period's, and the office could not be asked, so the next export
	// may hold the same payments.
	NotRemembered bool
}

// Target is where an export goes.
type Target struct {
	Path string    // of the file, or what PartName makes the names of several of
	Out  io.Writer // unless nil, everything is copied there once it is whole, and Path does not count
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
	job := job{to: Target{Path: path}, query: q, commit: func(_ WrittenFiles, appear func() error) error { return appear() }}
	return job.run(ctx, r)
}

// job is an export into files.
type job struct {
	to    Target
	query Query // that was checked
	meter meter
	// commit is called once everything is on disk. It makes the files appear or,
	// without that, has them thrown away.
	commit func(done WrittenFiles, appear func() error) error
}

// run writes what the query asks for. With an error, what it returns is zero unless the
// files have appeared.
func (j job) run(ctx context.Context, r Payments) (WrittenFiles, error) {
	path, err := j.to.drafts(j.query)
	if err != nil {
		return WrittenFiles{}, err
	}
	writing, disk := newToDisk(ctx, path)
	defer disk.discard()
	done, err := j.query.writeTo(writing, r, &parts{limits: j.query.limits(), hand: disk.hand}, j.meter)
	if err := disk.finish(writing, err); err != nil {
		return WrittenFiles{}, err
	}
	j.meter.end(done.Rows)
	if err := ctx.Err(); err != nil {
		return WrittenFiles{}, err
	}
	done.SHA256 = hex.EncodeToString(disk.sum.Sum(nil))
	appeared := false
	err = j.commit(done, func() error {
		err := j.to.publish(disk)
		appeared = err == nil
		return err
	})
	if err != nil && !appeared {
		return WrittenFiles{}, err
	}
	return done, err
}

// drafts is the path that drafts are written beside. Nothing is written where another
// user's link leads.
func (t Target) drafts(q Query) (string, error) {
	if t.Out != nil {
		return filepath.Join(os.TempDir(), core.StandardOutput), nil
	}
	if q.OneFile {
		return wholefile.Behind(t.Path)
	}
	if err := owner.CheckFolder(t.Path); err != nil { // the names are not known yet
		return "", fmt.Errorf("write %s: %w", t.Path, err)
	}
	return t.Path, nil
}

func (t Target) publish(d *toDisk) error {
	if t.Out != nil {
		return d.copyTo(t.Out)
	}
	return d.publish()
}
