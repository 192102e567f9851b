package core

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// importLimits are what an importer takes in one file; zero: anything.
type importLimits struct {
	rows  int // without the header
	bytes int
}

// RowLimit is how many rows the importer of a format takes in one file; 0: any
// number.
func (f Format) RowLimit() int { return f.limits().rows }

// limits are those that QuickBooks Online and Xero state for a bank file. 350 KB
// is read in the stricter of its two meanings.
func (f Format) limits() importLimits {
	switch f {
	case FormatQuickBooks:
		return importLimits{rows: 1000, bytes: 350_000}
	case FormatXero:
		return importLimits{rows: 1000}
	}
	return importLimits{}
}

// ExportPart is the name of one of several files: "June (1 of 3).csv".
func ExportPart(path string, part, parts int) string {
	if parts <= 1 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s (%d of %d)%s", strings.TrimSuffix(path, ext), part, parts, ext)
}

// ExportFiles is Export into one file or, where the format's importer takes no
// more in one, into several that are named as ExportPart does. All appear whole
// or none does: until everything is on disk, earlier files of those names stay,
// and after an error or the end of ctx nothing new is left. Only their owner can
// read them.
func ExportFiles(ctx context.Context, path string, r Reader, q ExportQuery, progress func(done, total int)) (Exported, error) {
	q, err := q.checked()
	if err != nil {
		return Exported{}, err
	}
	q, found, err := q.survey(ctx, r)
	if err != nil {
		return Exported{}, fmt.Errorf("count payments: %w", err)
	}
	p := &parts{path: path, sheet: layout(q.Format), limits: q.Format.limits(), disk: newToDisk()}
	defer p.discard()
	if err := p.open(); err != nil {
		return Exported{}, err
	}
	done, err := q.writeTo(ctx, r, p, newMeter(found.count, progress))
	if err != nil {
		return Exported{}, err
	}
	if err := ctx.Err(); err != nil {
		return Exported{}, err
	}
	if err := p.publish(); err != nil {
		return Exported{}, err
	}
	done.Files, done.From, done.To = len(p.drafts), q.From, q.To
	return done, nil
}

// parts writes rows into as many files as the limits ask for, each a draft
// beside the place it is for, until all of them get their names at once.
type parts struct {
	path   string
	sheet  *sheet
	limits importLimits
	line   csvLine

	drafts      []string // the files so far, the last being written
	file        *os.File // the last draft; nil: closed
	w           *bufio.Writer
	rows, bytes int // in it
	unsynced    int // bytes of it
	disk        *toDisk
	published   bool
}

// open begins the next file with its header.
func (p *parts) open() error {
	f, err := os.CreateTemp(filepath.Dir(p.path), ".rentbell-*") // 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", p.path, err)
	}
	p.drafts, p.file = append(p.drafts, f.Name()), f
	p.w = bufio.NewWriterSize(f, exportBuffer)
	header := p.sheet.head()
	p.rows, p.bytes, p.unsynced = 0, len(header), len(header)
	_, err = p.w.Write(header)
	return err
}

// write writes a row into the file it still fits into.
func (p *parts) write(row *exportRow) error {
	p.sheet.cells(&p.line, row)
	line := p.line.end()
	if p.rows > 0 && p.full(len(line)) {
		if err := p.flush(); err != nil {
			return err
		}
		if err := p.open(); err != nil {
			return err
		}
	}
	p.rows++
	p.bytes += len(line)
	p.unsynced += len(line)
	if _, err := p.w.Write(line); err != nil {
		return fmt.Errorf("write %s: %w", p.path, err)
	}
	if p.unsynced < syncEvery {
		return nil
	}
	p.unsynced = 0
	return p.hand(p.file.Sync)
}

// hand gives the disk what is written so far, and has it do something more.
func (p *parts) hand(then func() error) error {
	err := p.w.Flush()
	if err == nil {
		err = p.disk.do(then)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", p.path, err)
	}
	return nil
}

// full reports whether a line of that many bytes is too much for the file.
func (p *parts) full(line int) bool {
	return p.limits.rows > 0 && p.rows >= p.limits.rows || p.limits.bytes > 0 && p.bytes+line > p.limits.bytes
}

// flush has the file brought to disk whole.
func (p *parts) flush() error {
	f := p.file
	err := p.hand(func() error { return errors.Join(f.Sync(), f.Close()) })
	if err == nil {
		p.file = nil
	}
	return err
}

// publish gives the files their names. What can be wrong with those is looked
// at first, so that hardly anything can fail halfway; if something does, the
// files that have their names already are taken back.
func (p *parts) publish() error {
	if err := p.disk.wait(); err != nil {
		return fmt.Errorf("write %s: %w", p.path, err)
	}
	names := make([]string, len(p.drafts))
	for i := range names {
		var err error
		if names[i], err = fileBehind(ExportPart(p.path, i+1, len(p.drafts))); err != nil {
			return err
		}
	}
	for i, name := range names {
		if err := os.Rename(p.drafts[i], name); err != nil {
			for _, made := range names[:i] {
				_ = os.Remove(made) // what matters is the error that led here
			}
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	p.published = true
	syncDir(filepath.Dir(names[0]))
	return nil
}

// discard removes what has no name of its own yet.
func (p *parts) discard() {
	if p.published {
		return
	}
	_ = p.disk.wait() // what matters is the error that led here
	if p.file != nil {
		_ = p.file.Close() // it is thrown away
	}
	for _, draft := range p.drafts {
		_ = os.Remove(draft) // may have its name already; what matters is the error that led here
	}
}
