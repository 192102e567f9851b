package ui

// signIn is a system that starts what it is told when its user signs in, or
// refuses to.
type signIn struct {
	on  bool
	err error
}

func (s *signIn) Enabled() (bool, error) { return s.on, s.err }
func (s *signIn) Enable() error          { return s.set(true) }
func (s *signIn) Disable() error         { return s.set(false) }

func (s *signIn) set(on bool) error {
	if s.err == nil {
		s.on = on
	}
	return s.err
}
