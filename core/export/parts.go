package export

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rentbell/core"
	"rentbell/core/owner"
	"rentbell/core/wholefile"
)

// importLimits are what an importer takes in one file; zero: anything.
type importLimits struct {
	rows  int // without the header
	bytes int
}

// RowLimit is how many rows the importer of a format takes in one file; 0: any
// number.
func RowLimit(f core.Format) int { return limitsOf(f).rows }

// limitsOf are those that QuickBooks Online (https://quickbooks.intuit.com/learn-support)
// and Xero (https://central.xero.com) state for a bank file. 350 KB is read in the
// stricter of its two meanings.
func limitsOf(f core.Format) importLimits {
	switch f {
	case core.FormatQuickBooks:
		return importLimits{rows: 1000, bytes: 350_000}
	case core.FormatXero:
		return importLimits{rows: 1000}
	}
	return importLimits{}
}

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
	Files int
}

// Files is Export into one file or, where the format's importer takes no
// more in one, into several that are named as ExportPart does. All appear whole
// or none does, as NameFiles promises: until everything is on disk, earlier files
// of those names stay, and after an error or the end of ctx nothing new is left.
// Only their owner can read them.
func Files(ctx context.Context, path string, r Payments, q Query) (WrittenFiles, error) {
	q, err := q.checked()
	if err != nil {
		return WrittenFiles{}, err
	}
	return exportFiles(ctx, path, r, q, meter{})
}

func exportFiles(ctx context.Context, path string, r Payments, q Query, m meter) (WrittenFiles, error) {
	if err := owner.CheckFolder(path); err != nil { // before a draft is written there
		return WrittenFiles{}, fmt.Errorf("write %s: %w", path, err)
	}
	p := &parts{sheet: layout(q.Format), limits: limitsOf(q.Format), disk: newToDisk(path)}
	defer p.discard()
	p.begin()
	done, err := q.writeTo(ctx, r, p, m)
	if err != nil {
		return WrittenFiles{}, err
	}
	if err := ctx.Err(); err != nil {
		return WrittenFiles{}, err
	}
	if err := p.publish(); err != nil {
		return WrittenFiles{}, err
	}
	return WrittenFiles{done, len(p.disk.drafts)}, nil
}

// parts puts rows together for as many files as the limits ask for.
type parts struct {
	sheet  *sheet
	limits importLimits
	line   csvLine
	disk   *toDisk

	chunk       []byte // of the file, on its way to the disk
	rows, bytes int    // in the file
	before      int    // bytes in the files before it
	flushed     bool   // the last file is whole
	published   bool
}

// begin begins the next file with its header.
func (p *parts) begin() {
	header := p.sheet.head()
	p.before += p.bytes
	p.rows, p.bytes = 0, len(header)
	p.chunk = append(<-p.disk.free, header...)
}

// write writes a row into the file it still fits into.
func (p *parts) write(row *exportRow) error {
	line := p.sheet.line(&p.line, row)
	switch {
	case p.rows > 0 && p.full(len(line)):
		if err := p.disk.hand(chunk{p.chunk, true}); err != nil {
			return err
		}
		p.begin()
	case len(p.chunk) >= chunkSize:
		if err := p.disk.hand(chunk{p.chunk, false}); err != nil {
			return err
		}
		p.chunk = <-p.disk.free
	}
	p.rows++
	p.bytes += len(line)
	p.chunk = append(p.chunk, line...)
	return nil
}

// full reports whether a line of that many bytes is too much for the file.
func (p *parts) full(line int) bool {
	return p.limits.rows > 0 && p.rows >= p.limits.rows || p.limits.bytes > 0 && p.bytes+line > p.limits.bytes
}

// flush brings everything to disk.
func (p *parts) flush() error {
	if err := p.disk.hand(chunk{p.chunk, true}); err != nil {
		return err
	}
	p.flushed = true
	return p.disk.finish()
}

func (p *parts) size() int { return p.before + p.bytes }

// publish gives the files their names, all of them or none.
func (p *parts) publish() error {
	names := make([]string, len(p.disk.drafts))
	for i := range names {
		names[i] = PartName(p.disk.path, i+1, len(names))
	}
	if err := wholefile.Name(p.disk.drafts, names); err != nil {
		return err
	}
	p.published = true
	return nil
}

// discard removes what has no name of its own yet.
func (p *parts) discard() {
	if !p.flushed {
		p.disk.abandon()
	}
	if p.published {
		return
	}
	for _, draft := range p.disk.drafts {
		_ = os.Remove(draft) // may have its name already; what matters is the error that led here
	}
}
