package export

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"

	"rentbell/core/wholefile"
)

const (
	// chunksAhead is how many chunks may wait for the disk. An export that is given
	// up drops those.
	chunksAhead = 4
	// syncEvery is how many bytes of a file are synced at a time, so that the last
	// sync is short.
	syncEvery = 4 << 20
	// syncsAtOnce is how many whole files may be on their way to the disk. File
	// systems bring them there together, as they bring one.
	syncsAtOnce = 16
)

// toDisk writes files on goroutines of its own while the export makes the next
// rows; in turns, the two take twice as long. Each file is a draft in the directory
// that it is for.
type toDisk struct {
	path string // of that place

	chunks  chan chunk
	free    chan []byte   // to be filled again
	syncing chan struct{} // holds one for each whole file that is not on disk yet
	working sync.WaitGroup
	stop    func()                  // no more chunks come; returns when the goroutines have ended
	giveUp  context.CancelCauseFunc // what waits is not written any more

	sum      hash.Hash // SHA-256 of what is written
	drafts   []string  // the files so far
	file     *os.File  // the last of them; nil: it is whole
	unsynced int       // bytes of it
}

// newToDisk begins to take chunks. The context that comes back ends with the cause
// when the disk refuses one.
func newToDisk(ctx context.Context, path string) (context.Context, *toDisk) {
	ctx, giveUp := context.WithCancelCause(ctx)
	d := &toDisk{
		path: path, giveUp: giveUp, sum: sha256.New(),
		chunks: make(chan chunk, chunksAhead), free: make(chan []byte, chunksAhead+2), syncing: make(chan struct{}, syncsAtOnce),
	}
	for range cap(d.free) {
		d.free <- nil
	}
	d.stop = sync.OnceFunc(func() {
		close(d.chunks)
		d.working.Wait()
	})
	d.working.Go(func() { d.run(ctx) })
	return ctx, d
}

func (d *toDisk) run(ctx context.Context) {
	for c := range d.chunks {
		if ctx.Err() == nil {
			if err := d.write(ctx, c); err != nil {
				d.fail(err)
			}
		}
		d.free <- c.bytes[:0]
	}
	if d.file != nil {
		_ = d.file.Close() // it is thrown away
	}
}

func (d *toDisk) write(ctx context.Context, c chunk) error {
	if d.file == nil {
		f, err := os.CreateTemp(filepath.Dir(d.path), ".rentbell-*") // 0600
		if err != nil {
			return err
		}
		d.drafts, d.file, d.unsynced = append(d.drafts, f.Name()), f, 0
	}
	if _, err := d.file.Write(c.bytes); err != nil {
		return err
	}
	d.sum.Write(c.bytes)
	if c.last {
		d.whole(ctx, d.file)
		d.file = nil
		return nil
	}
	if d.unsynced += len(c.bytes); d.unsynced < syncEvery {
		return nil
	}
	d.unsynced = 0
	return d.file.Sync()
}

// whole brings a file to the disk while the next one is written.
func (d *toDisk) whole(ctx context.Context, f *os.File) {
	d.syncing <- struct{}{}
	d.working.Go(func() {
		defer func() { <-d.syncing }()
		var err error
		if ctx.Err() == nil { // else it is thrown away
			err = f.Sync()
		}
		if err = errors.Join(err, f.Close()); err != nil {
			d.fail(err)
		}
	})
}

func (d *toDisk) fail(err error) { d.giveUp(fmt.Errorf("write %s: %w", d.path, err)) }

// hand gives a chunk to the disk and returns an empty one.
func (d *toDisk) hand(c chunk) ([]byte, error) {
	d.chunks <- c
	return <-d.free, nil // what was refused ends the context
}

// finish waits until everything is on disk. An error of the export, if there is
// one, ends the writing.
func (d *toDisk) finish(ctx context.Context, err error) error {
	if err != nil {
		d.giveUp(err)
	}
	d.stop()
	return context.Cause(ctx)
}

// publish gives the files their names, all of them or none.
func (d *toDisk) publish() error {
	names := make([]string, len(d.drafts))
	for i := range names {
		names[i] = PartName(d.path, i+1, len(names))
	}
	err := wholefile.Name(d.drafts, names)
	if err == nil {
		d.drafts = nil
	}
	return err
}

// copyTo writes what the files hold to w.
func (d *toDisk) copyTo(w io.Writer) error {
	for _, draft := range d.drafts {
		f, err := os.Open(draft)
		if err != nil {
			return err
		}
		_, err = io.Copy(w, f)
		_ = f.Close() // it was only read
		if err != nil {
			return fmt.Errorf("write the export: %w", err)
		}
	}
	return nil
}

// discard ends the writing and removes what has no name of its own yet.
func (d *toDisk) discard() {
	d.giveUp(nil)
	d.stop()
	for _, draft := range d.drafts {
		_ = os.Remove(draft) // may have its name already; what matters is the error that led here
	}
}
