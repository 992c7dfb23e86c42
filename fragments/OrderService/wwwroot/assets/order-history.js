import { relativeDate } from '@shop/format';

/** Says how long ago each order was; the date itself stays in the tooltip and in the markup. */
export default root => {
  for (const time of root.querySelectorAll('time')) {
    time.title = time.textContent;
    time.textContent = relativeDate(time.dateTime);
  }
};
