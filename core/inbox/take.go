package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"rentbell/core"
)

// largest is the size of a file that is imported at most, in bytes.
const largest = 5 << 20

// errBusy: another program is writing the file.
var errBusy = errors.New("the file is being written")

// recognise finds out what a file holds. An error is no fault of the file.
func (i *Inbox) recognise(f *folder, s *sighting) error {
	err := f.read(s.entry, func(file io.Reader) (err error) {
		s.kind, err = i.cfg.Taker.Kind(file)
		return err
	})
	return i.judge(s, err)
}

// take imports a file whose kind is known. An error is no fault of the file.
func (i *Inbox) take(ctx context.Context, f *folder, s *sighting) error {
	err := f.read(s.entry, func(file io.Reader) error {
		r, err := i.cfg.Taker.Take(ctx, File{file, s.name, s.kind, s.written.UTC()})
		if err == nil {
			i.took(s, r)
		}
		return err
	})
	if err == nil {
		s.moves = doneDir
	}
	return i.judge(s, err)
}

func (i *Inbox) took(s *sighting, r Result) {
	i.cfg.Log.Info("report taken in", "kind", s.kind, "rows", r.Rows, "added", r.Taken.Added, "changed", r.Taken.Changed, "left_out", len(r.LeftOut))
	if s.why = ""; len(r.LeftOut) > 0 {
		s.why = i.cfg.Why(&core.LeftOutError{Lines: r.LeftOut, Rest: true})
	}
	i.Arrived(s.kind, core.ReportArrival{
		At: i.cfg.Now().UTC(), Named: s.written.UTC(), File: s.name, Rows: r.Rows, Taken: r.Taken, LeftOut: len(r.LeftOut),
	})
}

// judge notes what an error of reading or importing a file means for it: it waits, or it
// has failed. What is no fault of the file comes back.
func (i *Inbox) judge(s *sighting, err error) error {
	switch {
	case err == nil:
	case errors.Is(err, errBusy), errors.Is(err, fs.ErrNotExist): // what went is not seen by the next look
		s.until = time.Now().Add(busyPause)
	case notItsFault(err):
		return err
	default:
		i.cfg.Log.Warn("report not taken in", "kind", s.kind, "err", err)
		s.moves, s.why = failedDir, i.cfg.Why(err)
	}
	return nil
}

func notItsFault(err error) bool {
	disk := new(fs.PathError)
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, core.ErrStorage) ||
		errors.As(err, &disk) && !errors.Is(err, core.ErrFileClosed)
}

// settle moves a file that is imported, or has failed.
func (i *Inbox) settle(f *folder, s sighting) error {
	reason := ""
	if s.why != "" {
		reason = s.name + "\n\n" + s.why + "\n"
	}
	as, err := f.move(s.name, s.moves, reason)
	switch {
	case errors.Is(err, fs.ErrNotExist): // somebody else has moved it
	case err != nil:
		return err
	case s.moves == failedDir:
		i.failed(core.FailedReport{At: i.cfg.Now().UTC(), File: as, Why: s.why})
	}
	delete(i.seen, s.name)
	return nil
}

// read lends the content of a file to use. errBusy: it is not, or was not all the time,
// the one that was seen. core.ErrTableTooLarge and core.ErrFileClosed are the file's fault.
func (f *folder) read(e entry, use func(io.Reader) error) error {
	if e.size > largest {
		return core.ErrTableTooLarge
	}
	file, err := f.OpenFile(e.name, os.O_RDONLY|unwaiting, 0)
	switch {
	case errors.Is(err, errShared):
		return errBusy
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", core.ErrFileClosed, err)
	case err != nil:
		return fmt.Errorf("open a report: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	if !e.is(file) || busy(file) {
		return errBusy
	}
	err = use(file)
	if !e.is(file) {
		return errors.Join(errBusy, err)
	}
	return err
}

// is reports whether a file is still as it was seen.
func (e entry) is(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Mode().IsRegular() && info.Size() == e.size && info.ModTime().Equal(e.written)
}
