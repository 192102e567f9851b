package core

import (
	"cmp"
	"sync"
)

// diskQueue is how many jobs for the disk may lie ahead. Whoever gives up an
// export waits for as many.
const diskQueue = 4

// syncEvery is how many bytes of a file are brought to disk at a time, so that
// nobody waits long for the last of them.
const syncEvery = 4 << 20

// toDisk brings files to disk, one after the other, while what comes next is
// being put together: on its own either would take as long again.
type toDisk struct {
	queue chan func() error
	close sync.Once
	done  chan struct{}

	mu  sync.Mutex
	err error // the first
}

func newToDisk() *toDisk {
	d := &toDisk{queue: make(chan func() error, diskQueue), done: make(chan struct{})}
	go d.run()
	return d
}

func (d *toDisk) run() {
	defer close(d.done)
	for job := range d.queue {
		if err := job(); err != nil {
			d.mu.Lock()
			d.err = cmp.Or(d.err, err)
			d.mu.Unlock()
		}
	}
}

// do has a job done some time before wait returns, unless an earlier one has
// failed: then it is never done.
func (d *toDisk) do(job func() error) error {
	if err := d.failed(); err != nil {
		return err
	}
	d.queue <- job
	return nil
}

func (d *toDisk) failed() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.err
}

// wait returns when all jobs are done, with the first error. It may be called again.
func (d *toDisk) wait() error {
	d.close.Do(func() { close(d.queue) })
	<-d.done
	return d.failed()
}
