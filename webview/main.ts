// The page that loads this has a <tconv-playground> in its body.
import './playground';
