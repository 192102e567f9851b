package export

import (
	"fmt"
	"os"
	"path/filepath"
)

const (
	// chunkSize is how many bytes are handed to the disk at a time.
	chunkSize = 128 << 10
	// chunksAhead is how many of them may wait for the disk. An export that is given
	// up drops those.
	chunksAhead = 4
	// syncEvery is how many bytes of a file are synced at a time, so that the last
	// sync is short.
	syncEvery = 4 << 20
)

// toDisk writes files on a goroutine of its own while the export makes the next
// rows; in turns, the two take twice as long. Each file is a draft in the directory
// that it is for.
type toDisk struct {
	path string // of that place

	chunks chan chunk
	free   chan []byte   // to be filled again
	stop   chan struct{} // closed: what waits is not written any more
	failed chan struct{} // closed: err is set
	done   chan struct{} // closed: the fields below are the caller's

	drafts   []string // the files so far
	file     *os.File // the last of them; nil: it is whole
	unsynced int      // bytes of it
	err      error    // after it nothing was written
}

// chunk is a part of a file.
type chunk struct {
	bytes []byte
	last  bool // the next one begins another file
}

func newToDisk(path string) *toDisk {
	d := &toDisk{
		path:   path,
		chunks: make(chan chunk, chunksAhead), free: make(chan []byte, chunksAhead+2),
		stop: make(chan struct{}), failed: make(chan struct{}), done: make(chan struct{}),
	}
	for range cap(d.free) {
		d.free <- nil
	}
	go d.run()
	return d
}

func (d *toDisk) run() {
	defer close(d.done)
	for c := range d.chunks {
		if d.err == nil && !d.stopped() {
			if d.err = d.write(c); d.err != nil {
				close(d.failed)
			}
		}
		d.free <- c.bytes[:0]
	}
	if d.file != nil {
		_ = d.file.Close() // it is thrown away
	}
}

func (d *toDisk) stopped() bool {
	select {
	case <-d.stop:
		return true
	default:
		return false
	}
}

func (d *toDisk) write(c chunk) error {
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
	if d.unsynced += len(c.bytes); !c.last && d.unsynced < syncEvery {
		return nil
	}
	d.unsynced = 0
	if err := d.file.Sync(); err != nil || !c.last {
		return err
	}
	f := d.file
	d.file = nil
	return f.Close()
}

// hand gives a chunk to the disk. An error is that of an earlier chunk.
func (d *toDisk) hand(c chunk) error {
	select {
	case <-d.failed:
		return fmt.Errorf("write %s: %w", d.path, d.err)
	case d.chunks <- c:
		return nil
	}
}

// finish waits until everything is on disk.
func (d *toDisk) finish() error {
	close(d.chunks)
	<-d.done
	if d.err != nil {
		return fmt.Errorf("write %s: %w", d.path, d.err)
	}
	return nil
}

// abandon drops the chunks that wait for the disk, and returns when run has ended.
func (d *toDisk) abandon() {
	close(d.stop)
	close(d.chunks)
	<-d.done
}
